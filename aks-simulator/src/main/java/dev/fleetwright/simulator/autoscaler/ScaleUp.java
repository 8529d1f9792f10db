package dev.fleetwright.simulator.autoscaler;

import dev.fleetwright.simulator.autoscaler.ClusterPicture.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Which group grows, and by how much, for the pods that find no node. Pure but for the dice of the random expander. */
final class ScaleUp {
    /**
     * A group that would help.
     *
     * @param waste share of the new nodes that would stay empty, 0 to 1
     */
    private record Option(NodeGroup group, int nodes, int pods, double waste) {}

    /** A node that has not been ready for no longer than this is expected to be so soon. */
    private static final Duration STARTING = Duration.ofMinutes(5);

    private final ClusterPicture picture;
    private final Profile profile;
    private final RandomGenerator random;

    ScaleUp(ClusterPicture picture, Profile profile, RandomGenerator random) {
        this.picture = picture;
        this.profile = profile;
        this.random = random;
    }

    /** Nodes to add by group; empty when nothing would help. One choice per scan, as the real one makes it. */
    Map<String, Integer> decide(List<NodeGroup> groups, Set<String> backedOff) {
        var waiting = unhelped(groups);
        if (waiting.isEmpty()) {
            return Map.of();
        }
        var options = new ArrayList<Option>();
        for (NodeGroup group : groups) {
            if (group.scalable() && group.target() < group.max() && !backedOff.contains(group.name())) {
                Option option = estimate(group, waiting);
                if (option.nodes() > 0) {
                    options.add(option);
                }
            }
        }
        return options.isEmpty() ? Map.of() : spread(choose(options), options);
    }

    /** Pods that have waited long enough and that no node which is there or on its way takes. */
    private List<PodPicture> unhelped(List<NodeGroup> groups) {
        var packing = new Packing();
        picture.nodes().stream()
                .filter(node -> !node.cordoned() && node.unready().compareTo(STARTING) <= 0)
                .forEach(packing::add);
        for (NodeGroup group : groups) {
            for (int i = 0; i < group.booting().size(); i++) {
                packing.add(group, i, picture.daemons());
            }
        }
        return picture.pending().stream()
                .filter(pod -> pod.waiting().compareTo(profile.newPodDelay()) >= 0)
                .sorted(Comparator.comparingDouble(ScaleUp::size).reversed())
                .filter(pod -> packing.place(pod).isEmpty())
                .toList();
    }

    private static double size(PodPicture pod) {
        return pod.requests().thousandths().getOrDefault("cpu", 0L);
    }

    private Option estimate(NodeGroup group, List<PodPicture> waiting) {
        var packing = new Packing();
        // pods that are there already count for spreading and for standing apart
        picture.nodes().stream().filter(NodePicture::ready).forEach(packing::add);
        var added = new ArrayList<Packing.Slot>();
        int helped = 0;
        for (PodPicture pod : waiting) {
            if (added.stream().anyMatch(slot -> packing.place(pod, slot))) {
                helped++;
                continue;
            }
            if (group.target() + added.size() >= group.max()) {
                continue;
            }
            var slot = packing.add(group, group.target() + added.size(), picture.daemons());
            if (packing.place(pod, slot)) {
                added.add(slot);
                helped++;
            } else {
                packing.remove(slot);
            }
        }
        Resources whole = group.template().allocatable();
        double waste = added.stream()
                .mapToDouble(slot -> 1 - whole.utilization(whole.minus(slot.free())))
                .average()
                .orElse(1);
        return new Option(group, added.size(), helped, waste);
    }

    private Option choose(List<Option> options) {
        return switch (profile.expander()) {
            case RANDOM -> options.get(random.nextInt(options.size()));
            case LEAST_WASTE ->
                options.stream().min(Comparator.comparingDouble(Option::waste)).orElseThrow();
            case MOST_PODS ->
                options.stream().max(Comparator.comparingInt(Option::pods)).orElseThrow();
            case PRIORITY ->
                options.stream()
                        .max(Comparator.comparingInt(option -> priority(option.group())))
                        .orElseThrow();
        };
    }

    /** A group that no row names comes last. */
    private int priority(NodeGroup group) {
        return picture.priorities().stream()
                .filter(row -> row.patterns().stream().anyMatch(group.name()::matches))
                .mapToInt(Priority::priority)
                .max()
                .orElse(Integer.MIN_VALUE);
    }

    /** Shares the new nodes between similar groups, the smallest first, if the profile says so. */
    private Map<String, Integer> spread(Option chosen, List<Option> options) {
        if (!profile.balanceSimilar()) {
            return Map.of(chosen.group().name(), chosen.nodes());
        }
        var similar = options.stream()
                .map(Option::group)
                .filter(group -> similar(group.template(), chosen.group().template()))
                .toList();
        var sizes = new HashMap<String, Integer>();
        similar.forEach(group -> sizes.put(group.name(), group.target()));
        var added = new HashMap<String, Integer>();
        for (int i = 0; i < chosen.nodes(); i++) {
            similar.stream()
                    .filter(group -> sizes.getOrDefault(group.name(), 0) < group.max())
                    .min(Comparator.comparingInt(group -> sizes.getOrDefault(group.name(), 0)))
                    .ifPresent(group -> {
                        sizes.merge(group.name(), 1, Integer::sum);
                        added.merge(group.name(), 1, Integer::sum);
                    });
        }
        return added;
    }

    /** Of the same size and with the same labels, but for those that tell pools and places apart. */
    private static boolean similar(NodeGroup.Template one, NodeGroup.Template other) {
        return one.allocatable().equals(other.allocatable())
                && one.taints().equals(other.taints())
                && telling(one.labels()).equals(telling(other.labels()));
    }

    private static Map<String, String> telling(Map<String, String> labels) {
        var rest = new HashMap<>(labels);
        rest.keySet()
                .removeIf(key -> key.endsWith("agentpool")
                        || key.endsWith("/hostname")
                        || key.endsWith("/zone")
                        || key.endsWith("node-image-version"));
        return rest;
    }
}
