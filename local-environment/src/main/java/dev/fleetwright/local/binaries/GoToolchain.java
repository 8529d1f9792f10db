package dev.fleetwright.local.binaries;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The Go tool of this machine, found on PATH. */
final class GoToolchain {
    private static final Duration REMINDER = Duration.ofSeconds(30);

    private final KubernetesBinaries.Settings settings;

    GoToolchain(KubernetesBinaries.Settings settings) {
        this.settings = settings;
    }

    /** @throws BinariesUnavailableException naming the ways out, if there is no Go or it is too old for the module */
    void check(Path module, String cache) {
        var answer = new StringBuilder();
        boolean works = executable().isPresent() && run(module, List.of("env", "GOVERSION"), answer::append) == 0;
        if (!works) {
            String finding = answer.isEmpty() ? "Go is not installed" : "Go does not serve (" + answer + ")";
            throw new BinariesUnavailableException(
                    """
                    No Kubernetes control plane can be started on this machine: %s holds no binaries, and %s.
                    Any one of these mends it:
                      1. Have the binaries already (etcd, kube-apiserver, kube-controller-manager, kube-scheduler, kubectl; kwok for fake nodes)?
                         Name their folder: export %s=/path/to/folder
                      2. Docker runs here? Use k3s in a container: export FLEETWRIGHT_CLUSTER=k3s
                      3. Install Go %s or newer (https://go.dev/dl): everything is then built, once, in about seven minutes.\
                    """.formatted(cache, finding, KubernetesBinaries.FOLDER_SETTING, requiredVersion(module)));
        }
    }

    /** Builds one program; {@code progress} hears every 30 seconds that it goes on. */
    void build(Path module, String goPackage, String linkerFlags, Path output, Consumer<String> progress) {
        List<String> arguments =
                List.of("build", "-trimpath", "-ldflags", linkerFlags, "-o", output.toString(), goPackage);
        var tail = new ArrayList<String>();
        int code = run(module, arguments, line -> {
            if (line.isEmpty()) {
                progress.accept("  still building " + output.getFileName());
            } else {
                tail.add(line);
            }
        });
        if (code != 0) {
            throw new BinariesUnavailableException("go build " + goPackage + " failed with code " + code + ":\n  "
                    + String.join("\n  ", tail.subList(Math.max(0, tail.size() - 20), tail.size())));
        }
    }

    /** The folder in which Go keeps the sources of a module, downloaded if need be. */
    Path sources(Path module, String name) {
        var lines = new ArrayList<String>();
        run(module, List.of("mod", "download", name), line -> {});
        int code = run(module, List.of("list", "-m", "-f", "{{.Dir}}", name), lines::add);
        if (code != 0 || lines.isEmpty()) {
            throw new BinariesUnavailableException("go list " + name + " failed: " + String.join("\n", lines));
        }
        return Path.of(lines.getLast());
    }

    private Optional<Path> executable() {
        return Stream.of(settings.get("PATH").orElse("").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "go"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Runs go, giving each line of output to {@code lines}, and an empty one every 30 seconds without any. */
    private int run(Path module, List<String> arguments, Consumer<String> lines) {
        var command = new ArrayList<String>();
        command.add(executable().map(Path::toString).orElse("go"));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(module.toFile()).redirectErrorStream(true);
        builder.environment().put("CGO_ENABLED", "0");
        try {
            Path output = Files.createTempFile(module, "go", ".out");
            Process go = builder.redirectOutput(output.toFile()).start();
            try {
                while (!go.waitFor(REMINDER.toMillis(), TimeUnit.MILLISECONDS)) {
                    lines.accept("");
                }
            } finally {
                go.destroy();
            }
            Files.readAllLines(output, StandardCharsets.UTF_8).stream()
                    .filter(line -> !line.isBlank())
                    .forEach(lines);
            return go.exitValue();
        } catch (IOException failure) {
            throw new UncheckedIOException("go " + arguments.getFirst(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Go was running", interrupted);
        }
    }

    private static String requiredVersion(Path module) {
        return GoModule.read(module.resolve("go.mod")).goVersion();
    }
}
