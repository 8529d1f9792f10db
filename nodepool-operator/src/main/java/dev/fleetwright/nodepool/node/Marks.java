package dev.fleetwright.nodepool.node;

import dev.fleetwright.nodepool.node.NodeView.Taint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The marks of a replacement on an old node: a cordon and a taint that repel new pods, each with an annotation that says
 * whose it is. A cordon that somebody else set is left alone, now and when ours are taken off again.
 */
public final class Marks {
    /** uid of the replacement that cordoned the node; absent when somebody else did. */
    public static final String CORDONED_BY = "fleetwright.dev/cordoned-by";

    /** uid of the replacement that tainted the node. */
    public static final String TAINTED_BY = "fleetwright.dev/tainted-by";

    /** The taint that Cluster API puts on nodes of an old revision; autoscalers know it. */
    public static final Taint OUTDATED = new Taint("node.cluster.x-k8s.io/outdated-revision", "", "PreferNoSchedule");

    private Marks() {}

    /** How a node shall look: what is written by one call. */
    public record Look(boolean unschedulable, List<Taint> taints, Map<String, String> annotations) {
        public Look {
            taints = List.copyOf(taints);
            annotations = Map.copyOf(annotations);
        }

        /** This look, unless the node has it already: a cache that is late must not lead to a second write. */
        private Optional<Look> unlessThere(NodeView node) {
            return equals(new Look(node.unschedulable(), node.taints(), node.annotations()))
                    ? Optional.empty()
                    : Optional.of(this);
        }
    }

    /** True when the node already repels new pods on behalf of this or an earlier replacement. */
    public static boolean repels(NodeView node) {
        return node.unschedulable() && node.annotations().containsKey(TAINTED_BY);
    }

    /** True when something of ours is on the node. */
    public static boolean any(NodeView node) {
        return node.annotations().containsKey(CORDONED_BY) || node.annotations().containsKey(TAINTED_BY);
    }

    /** The node with our marks on it; empty when they are there. A cordon of somebody else stays theirs. */
    public static Optional<Look> put(NodeView node, String replacementUid) {
        Map<String, String> annotations = new HashMap<>(node.annotations());
        if (!node.unschedulable()) {
            annotations.put(CORDONED_BY, replacementUid);
        }
        annotations.putIfAbsent(TAINTED_BY, replacementUid);
        List<Taint> taints = new ArrayList<>(node.taints());
        if (taints.stream().noneMatch(Marks::isOurs)) {
            taints.add(OUTDATED);
        }
        return new Look(true, taints, annotations).unlessThere(node);
    }

    /** The node without our marks; empty when it has none. It stays cordoned when the cordon was not ours. */
    public static Optional<Look> remove(NodeView node) {
        Map<String, String> annotations = new HashMap<>(node.annotations());
        boolean ourCordon = annotations.remove(CORDONED_BY) != null;
        boolean ourTaint = annotations.remove(TAINTED_BY) != null;
        List<Taint> taints = new ArrayList<>(node.taints());
        if (ourTaint) {
            taints.removeIf(Marks::isOurs);
        }
        return new Look(node.unschedulable() && !ourCordon, taints, annotations).unlessThere(node);
    }

    private static boolean isOurs(Taint taint) {
        return taint.key().equals(OUTDATED.key()) && taint.effect().equals(OUTDATED.effect());
    }
}
