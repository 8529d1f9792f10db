package dev.fleetwright.nodepool.drain;

import dev.fleetwright.api.v1alpha1.BlockedPod;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one process remembers of a drain between two passes. All of it can be lost at any time: it saves refused calls and
 * keeps reports calm. Whatever safety needs is in status or in the API server.
 *
 * @param sent by pod uid: evictions that were accepted and are not yet seen in the caches
 * @param refusals by pod uid: the last refusal
 * @param heldSince by pod uid: since when it cannot move
 * @param movedAt by key (see {@link Eviction#key}): when the last pod under it moved
 */
public record DrainMemory(
        Map<String, Sent> sent,
        Map<String, Refusal> refusals,
        Map<String, Instant> heldSince,
        Map<String, Instant> movedAt) {
    /** The event of an accepted eviction is in the caches long before; for evictions that leave no trace on a budget. */
    static final Duration CACHE_LAG = Duration.ofSeconds(5);

    public DrainMemory {
        sent = Map.copyOf(sent);
        refusals = Map.copyOf(refusals);
        heldSince = Map.copyOf(heldSince);
        movedAt = Map.copyOf(movedAt);
    }

    /** An accepted eviction. */
    public record Sent(Eviction eviction, Instant at) {}

    /**
     * A refused eviction.
     *
     * @param message of the API server
     * @param notBefore when it may be tried again although nothing changed
     * @param budgetVersion it may also be tried as soon as its budget is not this version any more; empty: no such wake-up
     */
    public record Refusal(BlockReason reason, String message, Instant notBefore, String budgetVersion) {
        boolean holds(Instant now, @Nullable BudgetView budget) {
            boolean changed = !budgetVersion.isEmpty()
                    && (budget == null || !budget.resourceVersion().equals(budgetVersion));
            return !changed && now.isBefore(notBefore);
        }
    }

    /** What can be known after a restart: since when the reported pods have been held. */
    public static DrainMemory afterRestart(List<BlockedPod> reported) {
        Map<String, Instant> since = new HashMap<>();
        for (BlockedPod pod : reported) {
            if (pod.since() != null) {
                since.put(pod.uid(), pod.since());
            }
        }
        return new DrainMemory(Map.of(), Map.of(), since, Map.of());
    }

    /** The API server accepted it. */
    public DrainMemory accepted(Eviction eviction, Instant at) {
        var result = new DrainMemory(
                with(sent, eviction.pod().uid(), new Sent(eviction, at)),
                without(refusals, eviction.pod().uid()),
                without(heldSince, eviction.pod().uid()),
                with(movedAt, eviction.key(), at));
        PodView.Owner owner = eviction.pod().owner();
        return owner == null ? result : result.moved(owner.uid(), at);
    }

    /** The API server refused it. */
    public DrainMemory refused(Eviction eviction, Refusal refusal) {
        return new DrainMemory(sent, with(refusals, eviction.pod().uid(), refusal), heldSince, movedAt);
    }

    DrainMemory held(Map<String, Instant> since) {
        return new DrainMemory(sent, refusals, since, movedAt);
    }

    /** Forgets what is settled or gone. */
    DrainMemory onlyFor(Predicate<String> podIsThere) {
        return new DrainMemory(sent, keys(refusals, podIsThere), keys(heldSince, podIsThere), movedAt);
    }

    /** Forgets an eviction that the caches show by now. */
    public DrainMemory settled(String podUid) {
        return new DrainMemory(without(sent, podUid), refusals, heldSince, movedAt);
    }

    private DrainMemory moved(String key, Instant at) {
        return new DrainMemory(sent, refusals, heldSince, with(movedAt, key, at));
    }

    private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
        Map<String, V> result = new HashMap<>(map);
        result.put(key, Objects.requireNonNull(value));
        return result;
    }

    private static <V> Map<String, V> without(Map<String, V> map, String key) {
        if (!map.containsKey(key)) {
            return map;
        }
        Map<String, V> result = new HashMap<>(map);
        result.remove(key);
        return result;
    }

    private static <V> Map<String, V> keys(Map<String, V> map, Predicate<String> keep) {
        Map<String, V> result = new HashMap<>(map);
        result.keySet().removeIf(keep.negate());
        return result;
    }
}
