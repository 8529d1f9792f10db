package dev.fleetwright.nodepool.replacement;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolSpec;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus.EvictionIntent;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus.PlannedNode;
import dev.fleetwright.nodepool.drain.Eviction;
import dev.fleetwright.nodepool.node.NodeView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The one thing a replacement does in a pass. At most one of them changes anything outside its own status. */
public sealed interface Step {
    /** Nothing to do until something changes, or until then. */
    record Wait(Why why, String message, Optional<Instant> until) implements Step {}

    /** Status only: the next phase. */
    record Enter(Phase phase) implements Step {}

    /** Status only: further batches are taken into work. */
    record NextBatch(int batch) implements Step {}

    /** Status only: the nodes that may be touched, complete. */
    record Plan(List<PlannedNode> nodes) implements Step {}

    /** Take the autoscaler off a source: its count stays as it is. */
    record Fence(MachinePool source, MachinePoolSpec spec) implements Step {}

    /** Make the target. */
    record CreateTarget(MachinePoolSpec spec) implements Step {}

    /** Repel new pods from these nodes. */
    record Mark(List<NodeView> nodes) implements Step {}

    /** Take our marks off these nodes. */
    record Unmark(List<NodeView> nodes) implements Step {}

    /**
     * Status only: evictions are written down before they are sent.
     *
     * @param settled uids of earlier ones that the caches show by now
     */
    record Intend(List<Eviction> evictions, Set<String> settled) implements Step {}

    /**
     * Send what was written down.
     *
     * @param dropped uids of pods that moved, or stopped being ours, since
     */
    record Send(List<Eviction> evictions, Set<String> dropped) implements Step {}

    /** Look up what became of evictions that another process wrote down. */
    record Resolve(List<EvictionIntent> intents) implements Step {}

    /** Ask the API server itself whether these nodes are empty. */
    record CheckEmpty(List<PlannedNode> nodes) implements Step {}

    /** Status only: these nodes are no more. */
    record Gone(Set<String> nodeUids) implements Step {}

    /** Status only: something runs again on nodes that were found empty. */
    record Reopen(Set<String> nodeUids) implements Step {}

    /** Delete a drained source, after a last look at the API servers themselves. */
    record DeleteSource(MachinePool source) implements Step {}

    /** Give the target what the Nodepool asks for, the autoscaler included. */
    record Unfence(MachinePool target, MachinePoolSpec spec) implements Step {}

    /** Status only: it is over. */
    record Finish(Phase phase, String result, String message) implements Step {}

    /** Why a replacement waits; the name is the reason in conditions. */
    enum Why {
        TURN("WaitingForTurn"),
        PAUSED("Paused"),
        CLUSTER_DELETING("ClusterDeleting"),
        UNREACHABLE("ClusterUnreachable"),
        OPERATION("WaitingForOperation"),
        DESIRED("WaitingForNodepool"),
        CAPACITY("CapacityShortfall"),
        TARGET_NODES("WaitingForNodes"),
        DRAINING("Draining"),
        VOLUMES("WaitingForVolumes"),
        UNBOUND_NODES("NodesNotBound"),
        BATCH_SOAK("BatchSoak"),
        FINAL_SOAK("FinalSoak"),
        LAST_SYSTEM_POOL("LastSystemPool"),
        POOL_DELETION("DeletingPools"),
        OVER("Ended");

        private final String reason;

        Why(String reason) {
            this.reason = reason;
        }

        /** As in conditions. */
        public String reason() {
            return reason;
        }
    }
}
