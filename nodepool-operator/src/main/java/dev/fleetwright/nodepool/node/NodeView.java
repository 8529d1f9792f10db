package dev.fleetwright.nodepool.node;

import java.util.List;
import java.util.Map;

/**
 * What the engine reads of a Node object.
 *
 * @param providerID as the node says it; empty while the cloud has not set it
 * @param ready condition Ready is True
 * @param unschedulable cordoned, by whomever
 */
public record NodeView(
        String name,
        String uid,
        String providerID,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<Taint> taints,
        boolean ready,
        boolean unschedulable) {
    /** AKS puts the name of the agent pool here, on every node. */
    public static final String AGENT_POOL_LABEL = "kubernetes.azure.com/agentpool";

    /** Taints of a node that is not fully registered yet. */
    private static final List<String> START_UP_TAINTS = List.of(
            "node.cloudprovider.kubernetes.io/uninitialized",
            "node.kubernetes.io/not-ready",
            "node.kubernetes.io/network-unavailable");

    public NodeView {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        taints = List.copyOf(taints);
    }

    /** A taint; the value is empty when it has none. */
    public record Taint(String key, String value, String effect) {}

    /** Name of the AKS agent pool the node says it belongs to; empty when it says none. */
    public String agentPool() {
        return labels.getOrDefault(AGENT_POOL_LABEL, "");
    }

    /** True when pods can be placed here now. */
    public boolean takesPods() {
        return ready && !unschedulable && taints.stream().noneMatch(t -> START_UP_TAINTS.contains(t.key()));
    }
}
