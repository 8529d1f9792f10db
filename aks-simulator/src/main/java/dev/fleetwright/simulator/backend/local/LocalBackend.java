package dev.fleetwright.simulator.backend.local;

import dev.fleetwright.local.LocalCluster;
import dev.fleetwright.simulator.autoscaler.ClusterPicture;
import dev.fleetwright.simulator.autoscaler.Status;
import dev.fleetwright.simulator.backend.ClusterBackend;
import dev.fleetwright.simulator.backend.NodeChange;
import dev.fleetwright.simulator.time.Durations;
import dev.fleetwright.simulator.time.Timeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** A real local API server behind every managed cluster, each in a folder of its own below one. Thread-safe. */
public final class LocalBackend implements ClusterBackend {
    private static final Duration LEAST_PAUSE = Duration.ofMillis(200);

    private final Path folder;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, CompletableFuture<WorkloadCluster>> clusters = new ConcurrentHashMap<>();

    private final Timeline timeline;
    private final Durations durations;

    /** Keeps the cluster named by a key in the sub-folder of that name; the audit log of its API server is there. */
    public LocalBackend(Path folder, Timeline timeline, Durations durations) {
        this.folder = folder;
        this.timeline = timeline;
        this.durations = durations;
    }

    @Override
    public CompletionStage<Access> createCluster(String key) {
        return running(key, LocalBackend::removeLeftovers);
    }

    /** On the data in its folder. */
    @Override
    public CompletionStage<Access> continueCluster(String key) {
        return running(key, _ -> {});
    }

    @Override
    public CompletionStage<Access> renewCluster(String key) {
        return stopCluster(key).thenCompose(_ -> running(key, LocalCluster::forgetAuthority));
    }

    /** The one that is there, unless its start failed; otherwise another, once its folder is prepared. */
    private CompletionStage<Access> running(String key, Consumer<Path> prepare) {
        return clusters.compute(
                        key,
                        (_, there) -> there == null || there.isCompletedExceptionally() ? start(key, prepare) : there)
                .thenApply(WorkloadCluster::access);
    }

    private CompletableFuture<WorkloadCluster> start(String key, Consumer<Path> prepare) {
        return CompletableFuture.supplyAsync(
                () -> {
                    Path own = folder.resolve(key);
                    prepare.accept(own);
                    return WorkloadCluster.start(key, own, timeline, durations, threads);
                },
                threads);
    }

    /** A cluster that an earlier simulator had in this folder would come back to life with its objects. */
    private static void removeLeftovers(Path cluster) {
        if (!Files.isDirectory(cluster)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(cluster)) {
            for (Path entry : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove what an earlier run left in " + cluster, e);
        }
    }

    /** Its folder stays as it is, for its audit log. */
    @Override
    public CompletionStage<Void> deleteCluster(String key) {
        return stopCluster(key);
    }

    @Override
    public CompletionStage<Access> stoppedCluster(String key) {
        return CompletableFuture.supplyAsync(() -> WorkloadCluster.stopped(folder.resolve(key)), threads);
    }

    /** All of its processes: etcd without an API server would only cost memory, and a start takes seconds anyway. */
    @Override
    public CompletionStage<Void> stopCluster(String key) {
        var cluster = clusters.remove(key);
        if (cluster == null) {
            return CompletableFuture.completedFuture(null);
        }
        // one that failed to start has cleaned up after itself
        return cluster.thenAcceptAsync(WorkloadCluster::close, threads).exceptionally(_ -> null);
    }

    @Override
    public CompletionStage<Void> addNode(String key, NodeSpec node) {
        return run(key, cluster -> cluster.nodes().add(node));
    }

    @Override
    public CompletionStage<Void> removeNode(String key, String node) {
        return run(key, cluster -> cluster.nodes().remove(node));
    }

    @Override
    public CompletionStage<Void> relabelNode(String key, NodeSpec before, NodeSpec after) {
        return run(key, cluster -> cluster.nodes().relabel(before, after));
    }

    @Override
    public CompletionStage<Optional<String>> drain(
            String key, List<String> nodes, Duration limit, boolean ignoreBudgets, BooleanSupplier wanted) {
        return with(key)
                .thenComposeAsync(
                        cluster -> new Drain(cluster.evictions(), nodes, ignoreBudgets, wanted, pause(), threads)
                                .run(limit),
                        threads);
    }

    /** A drain asks again after 5 s, as kubectl does; here not more often than the API server can bear. */
    private Duration pause() {
        Duration pause = timeline.scaled(Duration.ofSeconds(5));
        return pause.compareTo(LEAST_PAUSE) > 0 ? pause : LEAST_PAUSE;
    }

    @Override
    public CompletionStage<Void> uncordon(String key, List<String> nodes) {
        return run(key, cluster -> nodes.forEach(node -> cluster.nodes().cordon(node, false)));
    }

    @Override
    public CompletionStage<Void> change(String key, String node, NodeChange change) {
        return run(key, cluster -> cluster.changes().make(node, change));
    }

    @Override
    public boolean observable() {
        return true;
    }

    @Override
    public CompletionStage<ClusterPicture> picture(String key) {
        return with(key).thenApplyAsync(cluster -> cluster.pictures().now(), threads);
    }

    @Override
    public CompletionStage<Void> publish(String key, Status status) {
        return run(key, cluster -> cluster.status().publish(status, timeline.now()));
    }

    private CompletionStage<Void> run(String key, Consumer<WorkloadCluster> work) {
        return with(key).thenAcceptAsync(work, threads);
    }

    private CompletableFuture<WorkloadCluster> with(String key) {
        var cluster = clusters.get(key);
        return cluster == null
                ? CompletableFuture.failedFuture(new IllegalStateException("no local cluster " + key))
                : cluster.thenApply(Function.identity());
    }

    /** Stops every cluster, side by side; none of their processes is left when this returns. */
    @Override
    public void close() {
        var stopping = clusters.keySet().stream()
                .map(this::stopCluster)
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(stopping).join();
        threads.shutdown();
    }
}
