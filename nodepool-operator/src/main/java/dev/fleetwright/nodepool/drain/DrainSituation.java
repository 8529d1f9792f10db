package dev.fleetwright.nodepool.drain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that a drain decision is made of.
 *
 * @param nodes names of the nodes that are being drained now; the caller has checked their identity
 * @param pods every pod of the cluster: an owner's readiness is seen on other nodes
 * @param budgets every PodDisruptionBudget of the cluster
 * @param inFlight uids of pods whose eviction is written down and not settled
 * @param sizes by owner uid: how many pods the owner wants; owners that are missing are estimated from their pods
 */
public record DrainSituation(
        Set<String> nodes,
        List<PodView> pods,
        List<BudgetView> budgets,
        Set<String> inFlight,
        Map<String, Integer> sizes,
        DrainMemory memory,
        DrainPolicy policy,
        Instant now) {
    public DrainSituation {
        nodes = Set.copyOf(nodes);
        pods = List.copyOf(pods);
        budgets = List.copyOf(budgets);
        inFlight = Set.copyOf(inFlight);
        sizes = Map.copyOf(sizes);
    }
}
