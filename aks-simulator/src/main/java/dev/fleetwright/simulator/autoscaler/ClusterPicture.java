package dev.fleetwright.simulator.autoscaler;

import java.util.List;

/**
 * One look at a cluster.
 *
 * @param pending pods that the scheduler found no node for
 * @param daemons one pod of every DaemonSet, without the node it was made for
 * @param priorities group-name patterns by priority, for the priority expander
 */
public record ClusterPicture(
        List<NodePicture> nodes,
        List<PodPicture> pending,
        List<PodPicture> daemons,
        List<Budget> budgets,
        List<Priority> priorities) {
    public static final ClusterPicture EMPTY =
            new ClusterPicture(List.of(), List.of(), List.of(), List.of(), List.of());

    /** A disruption budget and how many of its pods may go now. */
    public record Budget(String namespace, List<Requirement> selector, int allowed) {
        boolean covers(PodPicture pod) {
            return namespace.equals(pod.namespace()) && Requirement.all(selector, pod.labels());
        }
    }

    /** A row of the ConfigMap {@code cluster-autoscaler-priority-expander}. */
    public record Priority(int priority, List<String> patterns) {}
}
