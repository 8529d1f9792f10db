package dev.fleetwright.simulator.backend;

import dev.fleetwright.simulator.autoscaler.ClusterPicture;
import dev.fleetwright.simulator.autoscaler.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** Nothing behind the clusters: ARM alone, for fleets of hundreds. Credentials name a server that does not exist. */
public class NoBackend implements ClusterBackend {
    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    @Override
    public CompletionStage<Access> createCluster(String key) {
        return CompletableFuture.completedFuture(new Access("", "", Map.of("token", "none")));
    }

    @Override
    public CompletionStage<Access> continueCluster(String key) {
        return createCluster(key);
    }

    @Override
    public CompletionStage<Void> stopCluster(String key) {
        return DONE;
    }

    @Override
    public CompletionStage<Access> stoppedCluster(String key) {
        return createCluster(key);
    }

    @Override
    public CompletionStage<Access> renewCluster(String key) {
        return createCluster(key);
    }

    @Override
    public CompletionStage<Void> deleteCluster(String key) {
        return DONE;
    }

    @Override
    public CompletionStage<Void> addNode(String key, NodeSpec node) {
        return DONE;
    }

    @Override
    public CompletionStage<Void> removeNode(String key, String node) {
        return DONE;
    }

    @Override
    public CompletionStage<Void> relabelNode(String key, NodeSpec before, NodeSpec after) {
        return DONE;
    }

    @Override
    public CompletionStage<Optional<String>> drain(
            String key, List<String> nodes, Duration limit, boolean ignoreBudgets, BooleanSupplier wanted) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public CompletionStage<Void> uncordon(String key, List<String> nodes) {
        return DONE;
    }

    @Override
    public CompletionStage<Void> change(String key, String node, NodeChange change) {
        return DONE;
    }

    @Override
    public boolean observable() {
        return false;
    }

    @Override
    public CompletionStage<ClusterPicture> picture(String key) {
        return CompletableFuture.completedFuture(ClusterPicture.EMPTY);
    }

    @Override
    public CompletionStage<Void> publish(String key, Status status) {
        return DONE;
    }

    @Override
    public void close() {}
}
