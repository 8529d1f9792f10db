package dev.fleetwright.nodepool.drain;

import java.util.Set;

/**
 * What the engine reads of a PodDisruptionBudget.
 *
 * @param resourceVersion tells one state of it from another; never compared for order
 * @param allowed status.disruptionsAllowed
 * @param needed status.desiredHealthy
 * @param present status.currentHealthy
 * @param expected status.expectedPods
 * @param observed the status speaks of the latest spec; before that the API server refuses every eviction under it
 * @param alwaysAllowUnready spec.unhealthyPodEvictionPolicy is AlwaysAllow
 * @param disrupted names of pods whose eviction the API server has accepted and the controller has not seen yet
 */
public record BudgetView(
        String namespace,
        String name,
        String resourceVersion,
        Selector selector,
        int allowed,
        int needed,
        int present,
        int expected,
        boolean observed,
        boolean alwaysAllowUnready,
        Set<String> disrupted) {
    public BudgetView {
        disrupted = Set.copyOf(disrupted);
    }

    /** {@code namespace/name}. */
    public String path() {
        return namespace + "/" + name;
    }

    /** True when this budget selects the pod. */
    public boolean covers(PodView pod) {
        return namespace.equals(pod.namespace()) && selector.matches(pod.labels());
    }

    /** The rule of the eviction API for pods that run but are not ready. */
    boolean letsUnreadyGo() {
        return alwaysAllowUnready || (present >= needed && needed > 0);
    }
}
