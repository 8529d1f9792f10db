package dev.fleetwright.controllers.machinepool;

import dev.fleetwright.azure.Machine;
import dev.fleetwright.azure.OperationStatus;
import dev.fleetwright.controllers.anchor.Anchor;
import io.fabric8.kubernetes.api.model.Node;
import java.util.List;
import java.util.Optional;

/**
 * All that one pass over a pool rests on.
 *
 * @param paused why nothing may be written, if so
 * @param controlPlane the control plane of the Cluster, when its object exists
 * @param operation what the operation in the status says, when there is one
 * @param machines the pool's machines, when they were read anew
 * @param nodes all nodes of the workload cluster; empty while there is no connection
 * @param drainPending whether somebody else holds the pool back to drain it before it is deleted
 */
record PoolObservation(
        Anchor anchor,
        Optional<String> paused,
        Optional<ControlPlaneFacts> controlPlane,
        PoolSight sight,
        Optional<OperationStatus> operation,
        Optional<List<Machine>> machines,
        Optional<List<Node>> nodes,
        boolean drainPending) {
    /**
     * What a pool needs to know of its control plane's object.
     *
     * @param recorded whether a creation in Azure was ever attempted
     * @param creating whether its creation runs just now
     */
    record ControlPlaneFacts(boolean recorded, boolean creating, boolean deleting) {}

    /** Whether an operation of ours is still running. */
    boolean operating() {
        return operation.filter(o -> o instanceof OperationStatus.InProgress).isPresent();
    }
}
