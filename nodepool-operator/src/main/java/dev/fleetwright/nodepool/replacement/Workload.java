package dev.fleetwright.nodepool.replacement;

import dev.fleetwright.nodepool.drain.BudgetView;
import dev.fleetwright.nodepool.drain.PodView;
import dev.fleetwright.nodepool.node.NodeView;
import dev.fleetwright.nodepool.node.PoolMachines;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the caches of a workload cluster show, all of them synced.
 *
 * @param attachedNodes names of nodes that volumes are attached to
 * @param sizes by owner uid: how many pods an owner wants, where that was looked up
 */
public record Workload(
        List<NodeView> nodes,
        List<PodView> pods,
        List<BudgetView> budgets,
        Set<String> attachedNodes,
        Map<String, Integer> sizes) {
    public Workload {
        nodes = List.copyOf(nodes);
        pods = List.copyOf(pods);
        budgets = List.copyOf(budgets);
        attachedNodes = Set.copyOf(attachedNodes);
        sizes = Map.copyOf(sizes);
    }

    /** The nodes that label and full id bind to this pool. */
    List<NodeView> of(PoolMachines pool) {
        return nodes.stream().filter(pool::owns).toList();
    }

    Optional<NodeView> byUid(String uid) {
        return nodes.stream().filter(node -> node.uid().equals(uid)).findFirst();
    }
}
