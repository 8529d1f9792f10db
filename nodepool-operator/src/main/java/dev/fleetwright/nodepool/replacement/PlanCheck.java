package dev.fleetwright.nodepool.replacement;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus.PlannedNode;
import dev.fleetwright.nodepool.node.Marks;
import dev.fleetwright.nodepool.node.NodeView;
import dev.fleetwright.nodepool.node.PoolMachines;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The plan: which nodes may be touched. A node is touched only if three things agree: its label names the source's agent
 * pool, its full ARM id is one of the machines that Azure lists for that pool, and its uid with that id is in the recorded
 * plan.
 */
final class PlanCheck {
    private static final String ZONE_LABEL = "topology.kubernetes.io/zone";

    private PlanCheck() {}

    /** The planned nodes that exist and are still what they were, by name. */
    static Map<String, NodeView> ownNodes(Observation seen, Workload workload) {
        Map<String, PoolMachines> pools =
                seen.sourceMachines().stream().collect(Collectors.toMap(PoolMachines::pool, Function.identity()));
        Map<String, NodeView> own = new HashMap<>();
        for (PlannedNode planned : seen.status().nodes()) {
            PoolMachines pool = pools.get(planned.pool());
            workload.byUid(planned.uid())
                    .filter(node -> pool != null && pool.owns(node) && sameMachine(planned, node))
                    .ifPresent(node -> own.put(node.name(), node));
        }
        return own;
    }

    /** Nodes of the sources that are not in the plan: at first all of them, later those that arrived late. */
    static List<PlannedNode> unplanned(Observation seen, Workload workload) {
        Set<String> known = new HashSet<>();
        seen.status().nodes().forEach(node -> known.add(node.uid()));
        List<PlannedNode> missing = new ArrayList<>();
        for (PoolMachines pool : seen.sourceMachines()) {
            List<NodeView> nodes = workload.of(pool).stream()
                    .filter(node -> !known.contains(node.uid()))
                    .toList();
            spread(nodes)
                    .forEach(node -> missing.add(new PlannedNode(
                            node.name(), node.uid(), node.providerID(), pool.pool(), null, null, null)));
        }
        return missing;
    }

    /** The plan with these added: the first ones in batches, late ones in the batch that is in work. */
    static List<PlannedNode> extended(Observation seen, List<PlannedNode> added) {
        List<PlannedNode> plan = new ArrayList<>(seen.status().nodes());
        boolean first = plan.isEmpty();
        int size = seen.policy().batch().of(added.size());
        for (int i = 0; i < added.size(); i++) {
            PlannedNode node = added.get(i);
            int batch = first ? i / Math.max(1, size) + 1 : seen.batch();
            plan.add(new PlannedNode(node.name(), node.uid(), node.providerID(), node.pool(), batch, null, null));
        }
        return plan;
    }

    /** Planned, existing nodes that do not yet repel new pods. */
    static List<NodeView> unmarked(Observation seen, Workload workload) {
        return ownNodes(seen, workload).values().stream()
                .filter(node -> !Marks.repels(node))
                .sorted(Comparator.comparing(NodeView::name))
                .toList();
    }

    /** Names of nodes that claim by label to be of a source but are not in the plan or not bound to it. */
    static List<String> unbound(Observation seen, Workload workload) {
        Map<String, NodeView> own = ownNodes(seen, workload);
        return workload.nodes().stream()
                .filter(node -> seen.sourceMachines().stream().anyMatch(pool -> pool.claimedBy(node)))
                .map(NodeView::name)
                .filter(name -> !own.containsKey(name))
                .sorted()
                .toList();
    }

    /** One of each zone in turn, so that no batch empties a zone. */
    private static List<NodeView> spread(List<NodeView> nodes) {
        Map<String, List<NodeView>> zones = new TreeMap<>();
        nodes.stream()
                .sorted(Comparator.comparing(NodeView::name))
                .forEach(node -> zones.computeIfAbsent(
                                node.labels().getOrDefault(ZONE_LABEL, ""), zone -> new ArrayList<>())
                        .add(node));
        List<NodeView> order = new ArrayList<>();
        for (int i = 0; order.size() < nodes.size(); i++) {
            for (List<NodeView> zone : zones.values()) {
                if (i < zone.size()) {
                    order.add(zone.get(i));
                }
            }
        }
        return order;
    }

    private static boolean sameMachine(PlannedNode planned, NodeView node) {
        return ArmId.tryParse(planned.providerID())
                .flatMap(id -> ArmId.tryParse(node.providerID()).filter(id::equals))
                .isPresent();
    }
}
