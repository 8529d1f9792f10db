package dev.fleetwright.controllers.controlplane;

import dev.fleetwright.azure.AgentPoolSpec;
import dev.fleetwright.azure.OperationStatus;
import dev.fleetwright.controllers.anchor.Anchor;
import java.util.List;
import java.util.Optional;

/**
 * All that one pass over a control plane rests on.
 *
 * @param paused why nothing may be written, if so
 * @param identityReserved whether the identity is held until we are done with Azure
 * @param operation what the operation in the status says, when there is one
 * @param firstPools the System pools to create the cluster with
 * @param answers whether the cluster's API server answers now
 * @param roleAssignments how many role assignments have to go before the identity may
 */
record ControlPlaneObservation(
        Anchor anchor,
        Optional<String> paused,
        boolean identityReserved,
        ClusterSight sight,
        GroupSight group,
        Optional<OperationStatus> operation,
        KubeconfigSight kubeconfig,
        List<AgentPoolSpec> firstPools,
        boolean answers,
        int roleAssignments) {
    /** Whether an operation of ours is still running. */
    boolean operating() {
        return operation.filter(o -> o instanceof OperationStatus.InProgress).isPresent();
    }

    ControlPlaneObservation with(ClusterSight newSight, GroupSight newGroup, Optional<OperationStatus> newOperation) {
        return new ControlPlaneObservation(
                anchor,
                paused,
                identityReserved,
                newSight,
                newGroup,
                newOperation,
                kubeconfig,
                firstPools,
                answers,
                roleAssignments);
    }
}
