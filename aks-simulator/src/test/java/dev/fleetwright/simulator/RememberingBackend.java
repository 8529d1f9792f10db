package dev.fleetwright.simulator;

import dev.fleetwright.simulator.backend.NoBackend;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** API servers that only remember their nodes, and notice what must not happen twice. They outlive the simulator. */
final class RememberingBackend extends NoBackend {
    private final Map<String, Map<String, NodeSpec>> nodes = new HashMap<>();
    private final Set<String> stopped = new HashSet<>();

    /** Nodes of a cluster; empty for one that is not there. */
    Set<String> nodes(String key) {
        return Set.copyOf(nodes.getOrDefault(key, Map.of()).keySet());
    }

    /** The version of a node's kubelet, with the leading v; empty without such a node. */
    String version(String key, String node) {
        NodeSpec spec = nodes.getOrDefault(key, Map.of()).get(node);
        return spec == null ? "" : spec.kubeletVersion();
    }

    /** Keys of all clusters. */
    Set<String> keys() {
        return Set.copyOf(nodes.keySet());
    }

    boolean has(String key) {
        return nodes.containsKey(key);
    }

    /** Whether somebody answers: it is there, and not stopped. */
    boolean serves(String key) {
        return has(key) && !stopped.contains(key);
    }

    @Override
    public CompletionStage<Access> createCluster(String key) {
        nodes.put(key, new HashMap<>());
        return super.createCluster(key);
    }

    @Override
    public CompletionStage<Access> continueCluster(String key) {
        stopped.remove(key);
        return nodes.containsKey(key)
                ? CompletableFuture.completedFuture(new Access("", "", Map.of("token", "none")))
                : missing(key);
    }

    @Override
    public CompletionStage<Void> stopCluster(String key) {
        return stopped.add(key)
                ? super.stopCluster(key)
                : CompletableFuture.failedStage(new IllegalStateException(key + " is stopped twice"));
    }

    @Override
    public CompletionStage<Void> deleteCluster(String key) {
        nodes.remove(key);
        stopped.remove(key);
        return super.deleteCluster(key);
    }

    @Override
    public CompletionStage<Void> addNode(String key, NodeSpec node) {
        Map<String, NodeSpec> present = nodes.get(key);
        if (present == null || stopped.contains(key)) {
            return missing(key);
        }
        return present.putIfAbsent(node.name(), node) == null
                ? super.addNode(key, node)
                : CompletableFuture.failedStage(new IllegalStateException(node.name() + " joins twice"));
    }

    @Override
    public CompletionStage<Void> removeNode(String key, String node) {
        if (stopped.contains(key)) {
            return missing(key);
        }
        nodes.getOrDefault(key, new HashMap<>()).remove(node);
        return super.removeNode(key, node);
    }

    private static <T> CompletionStage<T> missing(String key) {
        return CompletableFuture.failedStage(new IllegalStateException("no cluster answers for " + key));
    }
}
