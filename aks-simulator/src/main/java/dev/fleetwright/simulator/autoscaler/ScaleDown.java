package dev.fleetwright.simulator.autoscaler;

import dev.fleetwright.simulator.autoscaler.PodPicture.Owner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which nodes the cluster could do without. Pure. */
final class ScaleDown {
    private static final String KUBE_SYSTEM = "kube-system";

    /** @param empty whether nothing has to move before the node goes */
    record Candidate(NodePicture node, boolean empty) {}

    private final ClusterPicture picture;
    private final Profile profile;
    private final Map<String, NodeGroup> groups;

    ScaleDown(ClusterPicture picture, Profile profile, List<NodeGroup> groups) {
        this.picture = picture;
        this.profile = profile;
        this.groups = groups.stream().collect(Collectors.toMap(NodeGroup::name, Function.identity()));
    }

    /** Nodes that could all go together: what runs on them finds room on those that stay. Emptiest first. */
    List<Candidate> unneeded() {
        var packing = new Packing();
        var slots = new HashMap<String, Packing.Slot>();
        picture.nodes().stream()
                .filter(node -> node.ready() && !node.cordoned())
                .forEach(node -> slots.put(node.name(), packing.add(node)));
        var left = new HashMap<String, Integer>();
        groups.values().forEach(group -> left.put(group.name(), group.target() - group.min()));
        var hosts = new HashSet<String>();
        var found = new ArrayList<Candidate>();
        var byUse = picture.nodes().stream()
                .filter(this::mayGo)
                .sorted(Comparator.comparingDouble(this::utilization))
                .toList();
        for (NodePicture node : byUse) {
            if (hosts.contains(node.name()) || left.getOrDefault(node.group(), 0) <= 0) {
                continue;
            }
            var leaving = node.pods().stream().filter(pod -> !pod.staysBehind()).toList();
            Packing.Slot own = slots.get(node.name());
            if (own != null) {
                packing.remove(own);
            }
            if (moves(leaving, packing, hosts)) {
                left.merge(node.group(), -1, Integer::sum);
                found.add(new Candidate(node, leaving.isEmpty()));
            } else if (own != null) {
                slots.put(node.name(), packing.add(node));
            }
        }
        return found;
    }

    /** Places the pods; on failure what was placed stays counted, which errs towards keeping nodes. */
    private boolean moves(List<PodPicture> leaving, Packing packing, Set<String> hosts) {
        if (!evictable(leaving)) {
            return false;
        }
        for (PodPicture pod : leaving) {
            var host = packing.place(pod);
            if (host.isEmpty()) {
                return false;
            }
            hosts.add(host.get().name());
        }
        return true;
    }

    private boolean mayGo(NodePicture node) {
        NodeGroup group = groups.get(node.group());
        return group != null
                && group.scalable()
                && !node.kept()
                && !node.cordoned()
                && (!node.ready() || utilization(node) < profile.utilizationThreshold());
    }

    private double utilization(NodePicture node) {
        Resources used = node.pods().stream()
                .filter(pod -> !profile.ignoreDaemonSets() || pod.owner() != Owner.DAEMON_SET)
                .map(PodPicture::requests)
                .reduce(Resources.NONE, Resources::plus);
        return node.allocatable().utilization(used);
    }

    private boolean evictable(List<PodPicture> pods) {
        for (var budget : picture.budgets()) {
            if (pods.stream().filter(budget::covers).count() > budget.allowed()) {
                return false;
            }
        }
        return pods.stream().noneMatch(this::holdsBack);
    }

    private boolean holdsBack(PodPicture pod) {
        return switch (pod.safeToEvict()) {
            case YES -> false;
            case NO -> true;
            case UNSAID ->
                pod.owner() == Owner.NOBODY
                        || (profile.skipLocalStorage() && pod.localStorage())
                        || (profile.skipSystemPods() && pod.namespace().equals(KUBE_SYSTEM) && !budgeted(pod));
        };
    }

    private boolean budgeted(PodPicture pod) {
        return picture.budgets().stream().anyMatch(budget -> budget.covers(pod));
    }
}
