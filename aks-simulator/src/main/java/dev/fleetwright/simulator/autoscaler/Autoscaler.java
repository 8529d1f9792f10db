package dev.fleetwright.simulator.autoscaler;

import dev.fleetwright.simulator.autoscaler.ScaleDown.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** One scan of the cluster autoscaler. Pure but for the dice of the random expander. */
public final class Autoscaler {
    /** For so long a group that gave no node is left alone (the autoscaler's own first back-off). */
    public static final Duration BACK_OFF = Duration.ofMinutes(5);

    private final Profile profile;
    private final RandomGenerator random;

    public Autoscaler(Profile profile, RandomGenerator random) {
        this.profile = profile;
        this.random = random;
    }

    /** What it does now, and what it remembers for the next scan. */
    public record Decision(List<Action> actions, Memory memory) {
        public Decision {
            actions = List.copyOf(actions);
        }
    }

    public Decision decide(ClusterPicture picture, List<NodeGroup> groups, Memory memory, Instant now) {
        if (!profile.healthy(picture.nodes())) {
            return new Decision(List.of(), memory);
        }
        var candidates = new ScaleDown(picture, profile, groups).unneeded();
        var unneeded = new HashMap<String, Instant>();
        candidates.forEach(candidate -> unneeded.put(
                candidate.node().name(),
                memory.unneeded().getOrDefault(candidate.node().name(), now)));
        var booting = new HashMap<String, Instant>();
        groups.forEach(group -> group.booting()
                .forEach(machine -> booting.put(machine, memory.booting().getOrDefault(machine, now))));
        Memory next = memory.seen(unneeded, booting);
        var actions = new ArrayList<Action>();
        for (NodeGroup group : groups) {
            for (String machine : group.booting()) {
                if (group.scalable() && passed(booting.getOrDefault(machine, now), profile.maxProvisionTime(), now)) {
                    actions.add(new Action.GiveUp(group.name(), machine));
                    next = next.failed(group.name(), now, now.plus(BACK_OFF));
                }
            }
        }
        var added = new ScaleUp(picture, profile, random).decide(groups, backedOff(next, now));
        added.forEach((group, nodes) -> actions.add(new Action.Grow(group, nodes)));
        if (!added.isEmpty()) {
            return new Decision(actions, next.added(now));
        }
        if (!coolingDown(next, now)) {
            actions.addAll(shrink(candidates, unneeded, now));
        }
        return new Decision(actions, next);
    }

    private static Set<String> backedOff(Memory memory, Instant now) {
        var names = new HashSet<String>();
        memory.backedOff().forEach((group, until) -> {
            if (until.isAfter(now)) {
                names.add(group);
            }
        });
        return names;
    }

    private boolean coolingDown(Memory memory, Instant now) {
        return !passed(memory.lastAdd(), profile.delayAfterAdd(), now)
                || !passed(memory.lastDelete(), profile.delayAfterDelete(), now)
                || !passed(memory.lastFailure(), profile.delayAfterFailure(), now);
    }

    /** Empty nodes go together; of the others one at a time. */
    private List<Action> shrink(List<Candidate> candidates, Map<String, Instant> unneeded, Instant now) {
        var due = candidates.stream()
                .filter(candidate -> {
                    var node = candidate.node();
                    return passed(unneeded.getOrDefault(node.name(), now), profile.unneededTime(), now)
                            && (node.ready() || node.unready().compareTo(profile.unreadyTime()) >= 0);
                })
                .toList();
        var empty = due.stream()
                .filter(Candidate::empty)
                .limit(profile.maxEmptyBulkDelete())
                .map(candidate -> candidate.node().name())
                .toList();
        if (!empty.isEmpty()) {
            return List.of(new Action.Shrink(empty, false));
        }
        return due.stream()
                .limit(1)
                .map(candidate ->
                        (Action) new Action.Shrink(List.of(candidate.node().name()), true))
                .toList();
    }

    private static boolean passed(Instant since, Duration time, Instant now) {
        return since.equals(Instant.MIN) || !now.isBefore(since.plus(time));
    }
}
