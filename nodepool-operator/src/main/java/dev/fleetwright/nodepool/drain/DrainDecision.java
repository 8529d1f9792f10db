package dev.fleetwright.nodepool.drain;

import dev.fleetwright.api.v1alpha1.BlockedPod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to do now.
 *
 * @param move pods to evict (or to delete past their deadline) now, in this order
 * @param blocked pods that cannot move and are worth a report, sorted
 * @param remaining by node: pods that must still leave it; 0 for an empty one
 * @param stuck every remaining pod is one that is reported as blocked: nothing moves until something else changes
 * @param overdue a pod has been held past its deadline, and the policy is to wait
 * @param wake when to decide again although nothing changed
 */
public record DrainDecision(
        List<Eviction> move,
        List<BlockedPod> blocked,
        Map<String, Integer> remaining,
        boolean stuck,
        boolean overdue,
        Optional<Instant> wake,
        DrainMemory memory) {
    public DrainDecision {
        move = List.copyOf(move);
        blocked = List.copyOf(blocked);
        remaining = Map.copyOf(remaining);
    }

    /** Pods that must still leave, on all nodes. */
    public int remainingPods() {
        return remaining.values().stream().mapToInt(Integer::intValue).sum();
    }
}
