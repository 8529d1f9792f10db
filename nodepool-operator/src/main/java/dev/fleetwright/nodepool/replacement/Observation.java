package dev.fleetwright.nodepool.replacement;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus.PlannedNode;
import dev.fleetwright.nodepool.node.PoolMachines;
import dev.fleetwright.nodepool.plan.DesiredPool;
import dev.fleetwright.nodepool.plan.PoolState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is known when it is decided what a replacement does next.
 *
 * @param status as last written, own writes included
 * @param hold why nothing may be done at all now: paused, or the cluster goes; empty when it may
 * @param ahead who has the turn of the cluster; empty when it is this one's
 * @param target the pool that will serve; null when there is none yet, or never will be
 * @param sources the pools to drain that still exist
 * @param otherSystemPools provisioned System pools of the cluster beside the sources
 * @param desired what the Nodepool asks for; null while that is not known, or when it is being deleted
 * @param wanted fingerprint of what was asked for when the record was made
 * @param superseded why another pool shall serve; empty when the record stands
 * @param workload empty when the workload cluster is not connected or its caches are not complete
 * @param disconnected why, for people
 */
public record Observation(
        NodepoolReplacement record,
        NodepoolReplacementStatus status,
        Optional<Hold> hold,
        Optional<String> ahead,
        @Nullable MachinePool target,
        List<MachinePool> sources,
        int otherSystemPools,
        @Nullable DesiredPool desired,
        String wanted,
        Optional<String> superseded,
        RunPolicy policy,
        Optional<Workload> workload,
        String disconnected,
        RunMemory memory,
        Instant now) {
    public Observation {
        sources = List.copyOf(sources);
    }

    /** Why nothing may be done now. */
    public record Hold(String reason, String message) {}

    Phase phase() {
        return Phase.of(status.phase());
    }

    String uid() {
        return record.getMetadata().getUid();
    }

    Instant phaseStartedAt() {
        Instant started = status.phaseStartedAt();
        return started == null ? now : started;
    }

    /** True when the Nodepool is being deleted: pods go wherever there is room. */
    boolean withoutTarget() {
        return record.getSpec().target() == null;
    }

    /** True when the target is newer than what it replaces; a way back needs no soak, since nothing of it can be undone. */
    boolean forward() {
        MachinePool serving = target;
        return serving != null
                && sources.stream().allMatch(s -> PoolState.generation(s) < PoolState.generation(serving));
    }

    List<PoolMachines> sourceMachines() {
        return sources.stream().map(PoolMachines::of).toList();
    }

    /** The batch in work, from 1. */
    int batch() {
        var progress = status.progress();
        return progress == null || progress.batch() == null ? 1 : progress.batch();
    }

    List<PlannedNode> undrained() {
        return status.nodes().stream().filter(node -> node.drainedAt() == null).toList();
    }
}
