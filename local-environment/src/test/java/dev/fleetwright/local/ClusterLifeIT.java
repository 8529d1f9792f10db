package dev.fleetwright.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Starts, ends and crashes of whole clusters. */
@Execution(ExecutionMode.CONCURRENT)
class ClusterLifeIT {
    @TempDir
    private Path folder;

    @Test
    void noProcessAndNoFolderIsLeftWhenTheJvmIsKilled() throws Exception {
        Process jvm = jvm(OwnerOfCluster.class);
        List<String> lines;
        try (BufferedReader output = jvm.inputReader()) {
            lines = Stream.generate(() -> line(output))
                    .takeWhile(line -> !line.equals(OwnerOfCluster.READY))
                    .toList();
            List<Long> pids = lines.stream()
                    .filter(line -> line.startsWith("pid "))
                    .map(line -> Long.valueOf(line.substring(4)))
                    .toList();
            assertThat(pids).hasSize(Component.values().length).allMatch(ClusterLifeIT::lives);

            jvm.destroyForcibly(); // SIGKILL

            await().atMost(Duration.ofSeconds(10)).until(() -> pids.stream().noneMatch(ClusterLifeIT::lives));
        } finally {
            jvm.destroyForcibly();
        }
        Path clusterFolder = Path.of(lines.getFirst());
        await().atMost(Duration.ofSeconds(10)).until(() -> Files.notExists(clusterFolder));
    }

    @Test
    void clustersStartedAtTheSameTimeKeepApart() {
        try (var one = start("one");
                var two = start("two")) {
            Stream.of(one, two)
                    .map(Starting::await)
                    .forEach(cluster -> cluster.client()
                            .resource(new ConfigMapBuilder()
                                    .withNewMetadata()
                                    .withNamespace("default")
                                    .withName("of-" + cluster.name())
                                    .endMetadata()
                                    .build())
                            .create());

            assertThat(Stream.of(one, two).map(starting -> starting.await().server()))
                    .doesNotHaveDuplicates();
            assertThat(one.await()
                            .client()
                            .configMaps()
                            .inNamespace("default")
                            .list()
                            .getItems())
                    .extracting(map -> map.getMetadata().getName())
                    .contains("of-one")
                    .doesNotContain("of-two");
        }
    }

    @Test
    void aDetachedClusterIsFoundAgainByItsFolderAndEndsWhenItIsClosed() {
        Path home = folder.resolve("kept");
        List<Long> pids;
        String kubeconfig;
        try {
            LocalCluster started = LocalCluster.start(
                    ClusterOptions.management("kept").in(home).detach());
            kubeconfig = started.kubeconfig();
            started.client().close(); // as a JVM that has ended
        } finally {
            try (var found = LocalCluster.attach(home)) {
                assertThat(found.name()).isEqualTo("kept");
                assertThat(found.client().namespaces().withName("default").get())
                        .isNotNull();
                assertThat(found.kubeconfigFor("someone")).contains(found.server());
                found.process(Component.API_SERVER).kill();
                found.process(Component.API_SERVER).start();
                found.awaitReady();
                pids = Stream.of(Component.ETCD, Component.API_SERVER, Component.CONTROLLER_MANAGER)
                        .map(component -> found.process(component).pid().orElseThrow())
                        .toList();
            }
        }
        assertThat(pids).noneMatch(ClusterLifeIT::lives);
        assertThat(home.resolve("admin.kubeconfig")).hasContent(kubeconfig);
        try (var dead = LocalCluster.attach(home)) {
            assertThat(dead.process(Component.ETCD).isAlive()).isFalse();
        }
    }

    @Test
    void aProcessThatMerelyHasTheRecordedIdIsLeftAlone() throws IOException {
        var cluster = ClusterFolder.open(folder.resolve("stale"));
        cluster.write("etcd.args", "etcd");
        cluster.write("etcd.pid", ProcessHandle.current().pid() + " 1000");

        ManagedProcess etcd = Component.ETCD.attached(cluster);
        etcd.stop();

        assertThat(etcd.isAlive()).isFalse();
    }

    @Test
    void aComponentThatCannotStartSaysWhyInItsOwnWordsAndNothingIsLeft() {
        Path home = folder.resolve("broken");
        var options = ClusterOptions.management("broken").in(home).withAuditPolicy("kind: Nonsense");

        assertThatThrownBy(() -> LocalCluster.start(options))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the API server ended while starting")
                .hasMessageContaining("Nonsense");

        assertThat(Component.ETCD.attached(ClusterFolder.open(home)).isAlive()).isFalse();
    }

    private static Starting start(String name) {
        return new Starting(CompletableFuture.supplyAsync(() -> LocalCluster.start(ClusterOptions.management(name))));
    }

    private record Starting(CompletableFuture<LocalCluster> cluster) implements AutoCloseable {
        LocalCluster await() {
            return cluster.join();
        }

        @Override
        public void close() {
            cluster.join().close();
        }
    }

    private static Process jvm(Class<?> main) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String java = ProcessHandle.current().info().command().orElse("java");
        return new ProcessBuilder(java, "-classpath", classPath, main.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String line(BufferedReader reader) {
        try {
            String line = reader.readLine();
            return line == null ? OwnerOfCluster.READY : line;
        } catch (IOException failure) {
            return OwnerOfCluster.READY;
        }
    }

    private static boolean lives(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }
}
