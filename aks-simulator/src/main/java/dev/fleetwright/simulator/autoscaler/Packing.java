package dev.fleetwright.simulator.autoscaler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nodes that are being filled in thought: the scheduler's hard rules, first fit. Not thread-safe. */
final class Packing {
    /** One node, there or imagined. */
    static final class Slot {
        private final String name;
        private final Map<String, String> labels;
        private final List<Taint> taints;
        private final List<PodPicture> pods = new ArrayList<>();
        private Resources free;

        private Slot(String name, Map<String, String> labels, List<Taint> taints, Resources free) {
            this.name = name;
            this.labels = labels;
            this.taints = taints;
            this.free = free;
        }

        String name() {
            return name;
        }

        Resources free() {
            return free;
        }

        private void take(PodPicture pod) {
            pods.add(pod);
            free = free.minus(pod.requests());
        }
    }

    private final List<Slot> slots = new ArrayList<>();

    Slot add(NodePicture node) {
        var slot = new Slot(node.name(), node.labels(), node.taints(), node.allocatable());
        node.pods().forEach(slot::take);
        slots.add(slot);
        return slot;
    }

    /** A node that the group would get, with its DaemonSets' pods on it; number {@code index} decides about its zone. */
    Slot add(NodeGroup group, int index, List<PodPicture> daemons) {
        var labels = new HashMap<>(group.template().labels());
        String name = group.name() + "-to-come-" + index;
        labels.put("kubernetes.io/hostname", name);
        List<String> zones = group.template().zones();
        if (!zones.isEmpty()) {
            String zone = zones.get(index % zones.size());
            labels.put("topology.kubernetes.io/zone", zone);
            labels.put("topology.disk.csi.azure.com/zone", zone);
        }
        var slot = new Slot(
                name, labels, group.template().taints(), group.template().allocatable());
        daemons.stream()
                .filter(pod -> pod.placement().admits(slot.labels, slot.taints))
                .forEach(slot::take);
        slots.add(slot);
        return slot;
    }

    void remove(Slot slot) {
        slots.remove(slot);
    }

    /** Puts the pod on the first slot that takes it. */
    Optional<Slot> place(PodPicture pod) {
        var found = slots.stream().filter(slot -> fits(pod, slot)).findFirst();
        found.ifPresent(slot -> slot.take(pod));
        return found;
    }

    boolean place(PodPicture pod, Slot slot) {
        boolean fits = fits(pod, slot);
        if (fits) {
            slot.take(pod);
        }
        return fits;
    }

    private boolean fits(PodPicture pod, Slot slot) {
        Placement placement = pod.placement();
        return slot.free.covers(pod.requests())
                && placement.admits(slot.labels, slot.taints)
                && placement.apart().stream().allMatch(rule -> standsApart(pod, slot, rule))
                && placement.spread().stream().allMatch(rule -> staysEven(pod, slot, rule));
    }

    private boolean standsApart(PodPicture pod, Slot slot, Placement.Apart rule) {
        String place = slot.labels.get(rule.topologyKey());
        return place == null
                || slots.stream()
                        .filter(other -> place.equals(other.labels.get(rule.topologyKey())))
                        .allMatch(other -> like(pod, other, rule.selector()) == 0);
    }

    /** Counts only places where the pod could be: nodes that do not admit it are not in the balance. */
    private boolean staysEven(PodPicture pod, Slot slot, Placement.Spread rule) {
        String place = slot.labels.get(rule.topologyKey());
        if (place == null) {
            return false;
        }
        var counts = new HashMap<String, Integer>();
        for (Slot other : slots) {
            String otherPlace = other.labels.get(rule.topologyKey());
            if (otherPlace != null && pod.placement().admits(other.labels, other.taints)) {
                counts.merge(otherPlace, like(pod, other, rule.selector()), Integer::sum);
            }
        }
        int fewest = counts.values().stream().mapToInt(Integer::intValue).min().orElse(0);
        return counts.getOrDefault(place, 0) + 1 - fewest <= rule.maxSkew();
    }

    private static int like(PodPicture pod, Slot slot, List<Requirement> selector) {
        return (int) slot.pods.stream()
                .filter(other -> other.namespace().equals(pod.namespace()) && Requirement.all(selector, other.labels()))
                .count();
    }
}
