package dev.fleetwright.local.binaries;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetwright.local.binaries.KubernetesBinaries.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesBinariesTest {
    @TempDir
    private Path folder;

    private final List<String> progress = new ArrayList<>();

    @Test
    void aNamedFolderIsUsedAsItIs() throws IOException {
        hold(folder, Program.values());

        var binaries = resolve(Map.of(KubernetesBinaries.FOLDER_SETTING, folder.toString()));

        assertThat(binaries.path(Program.ETCD)).isEqualTo(folder.resolve("etcd"));
        assertThat(progress).isEmpty();
    }

    @Test
    void aNamedFolderMayLackKwokUntilSomeoneNeedsIt() throws IOException {
        hold(
                folder,
                Program.ETCD,
                Program.KUBE_APISERVER,
                Program.KUBE_CONTROLLER_MANAGER,
                Program.KUBE_SCHEDULER,
                Program.KUBECTL);

        var binaries = resolve(Map.of(KubernetesBinaries.FOLDER_SETTING, folder.toString()));

        assertThatThrownBy(() -> binaries.require(List.of(Program.KWOK)))
                .hasMessageContaining("lacks kwok with its stage files in kwok-stages/");
    }

    @Test
    void aNamedFolderThatLacksProgramsIsRefusedByName() throws IOException {
        hold(folder, Program.ETCD, Program.KUBE_APISERVER, Program.KUBECTL);

        assertThatThrownBy(() -> resolve(Map.of(KubernetesBinaries.FOLDER_SETTING, folder.toString())))
                .isInstanceOf(BinariesUnavailableException.class)
                .hasMessageContaining("lacks kube-controller-manager, kube-scheduler (it holds: etcd, kube-apiserver");
    }

    @Test
    void anEnvtestFolderIsUsedOnlyIfItIsComplete() throws IOException {
        hold(folder, Program.values());

        assertThat(resolve(Map.of("KUBEBUILDER_ASSETS", folder.toString())).folder())
                .isEqualTo(folder);

        Files.delete(folder.resolve("kube-scheduler"));
        var settings = Map.of("KUBEBUILDER_ASSETS", folder.toString(), "XDG_CACHE_HOME", folder.toString());
        assertThatThrownBy(() -> resolve(settings)).hasMessageContaining("Go is not installed");
    }

    @Test
    void withoutGoAndWithoutBinariesTheMessageNamesTheThreeWaysOut() {
        assertThatThrownBy(() -> resolve(Map.of("XDG_CACHE_HOME", folder.toString())))
                .isInstanceOf(BinariesUnavailableException.class)
                .hasMessageContaining("export FLEETWRIGHT_KUBERNETES_BINARIES=")
                .hasMessageContaining("export FLEETWRIGHT_CLUSTER=k3s")
                .hasMessageContaining("Install Go 1.26.0 or newer")
                .extracting(Throwable::getStackTrace)
                .isEqualTo(new StackTraceElement[0]);
    }

    @Test
    void aGoThatIsTooOldIsQuoted() throws IOException {
        fakeGo("echo 'go: go.mod requires go >= 1.26.0 (running go 1.19; GOTOOLCHAIN=local)'; exit 1");

        assertThatThrownBy(() -> resolveWithFakeGo())
                .hasMessageContaining("running go 1.19")
                .hasMessageContaining("Install Go");
    }

    @Test
    void whatIsMissingIsBuiltOnceAndWhatIsThereIsNotBuiltAgain() throws IOException {
        fakeGo(FAKE_BUILD);

        Path cache = resolveWithFakeGo().folder();
        assertThat(progress).filteredOn(line -> line.startsWith("Building")).hasSize(Program.values().length);
        assertThat(cache.resolve("kwok-stages/pod/fast/pod-ready.yaml")).hasContent("kind: Stage");
        assertThat(cache.resolve(".building")).doesNotExist();

        progress.clear();
        Files.delete(cache.resolve("kubectl"));
        resolveWithFakeGo();
        resolveWithFakeGo();
        assertThat(progress)
                .filteredOn(line -> line.startsWith("Building"))
                .singleElement(as(InstanceOfAssertFactories.STRING))
                .contains("kubectl");
    }

    @Test
    void severalWhoNeedTheBinariesAtOnceBuildThemOnce() throws IOException {
        fakeGo(FAKE_BUILD);
        var heard = Collections.synchronizedList(new ArrayList<String>());

        IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> KubernetesBinaries.resolve(Settings.of(fakeGoSettings()), heard::add)))
                .toList()
                .forEach(CompletableFuture::join);

        assertThat(heard).filteredOn(line -> line.startsWith("Building")).hasSize(Program.values().length);
    }

    @Test
    void theServerIsToldItsVersion() throws IOException {
        fakeGo(FAKE_BUILD);

        Path cache = resolveWithFakeGo().folder();

        assertThat(cache.resolve("kube-apiserver"))
                .content()
                .contains("version.gitVersion=v1.36.3", "version.gitMajor=1", "version.gitMinor=36");
    }

    @Test
    void aBuildThatFailsShowsWhatGoSaidAndLeavesNoProgramBehind() throws IOException {
        fakeGo("[ \"$1\" = env ] && exit 0; echo 'cannot find module'; echo half > \"$6\"; exit 1");

        assertThatThrownBy(() -> resolveWithFakeGo()).hasMessageContaining("cannot find module");

        try (var files = Files.walk(folder.resolve("cache"), 3)) {
            assertThat(files.filter(path ->
                                    path.getParent().getFileName().toString().startsWith("kubernetes-"))
                            .filter(path -> path.endsWith("etcd")))
                    .isEmpty();
        }
    }

    /** Answers like Go: "built" programs hold their linker flags. */
    private static final String FAKE_BUILD = """
        case "$1" in
          env) echo go1.26.8 ;;
          build) echo "$4" > "$6"; chmod +x "$6" ;;
          list) echo "$(dirname "$0")/kwok" ;;
        esac
        """;

    private KubernetesBinaries resolve(Map<String, String> settings) {
        return KubernetesBinaries.resolve(Settings.of(settings), progress::add);
    }

    private KubernetesBinaries resolveWithFakeGo() {
        return resolve(fakeGoSettings());
    }

    private Map<String, String> fakeGoSettings() {
        return Map.of(
                "XDG_CACHE_HOME", folder.resolve("cache").toString(),
                "PATH", folder.resolve("bin").toString());
    }

    private void fakeGo(String script) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        executable(bin.resolve("go"), "#!/bin/sh\n" + script);
        Path stages = Files.createDirectories(bin.resolve("kwok/kustomize/stage/pod/fast"));
        Files.writeString(stages.resolve("pod-ready.yaml"), "kind: Stage");
    }

    private static void hold(Path folder, Program... programs) throws IOException {
        for (Program program : programs) {
            executable(folder.resolve(program.fileName()), "");
        }
        if (List.of(programs).contains(Program.KWOK)) {
            Files.createDirectories(folder.resolve("kwok-stages"));
        }
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("not executable: " + file);
        }
    }
}
