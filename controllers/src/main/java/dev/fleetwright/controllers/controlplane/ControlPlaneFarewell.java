package dev.fleetwright.controllers.controlplane;

import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneStatus;
import dev.fleetwright.azure.ManagedClusterState;
import dev.fleetwright.azure.OperationStatus;
import dev.fleetwright.controllers.azureaccess.Busy;
import dev.fleetwright.controllers.azureaccess.PendingError;
import dev.fleetwright.core.reconcile.Pass;
import java.util.Optional;

/**
 * What to do about a control plane whose object is being deleted: managed cluster, then role assignments (AKS may need them
 * while it deletes), then the resource group. The kubeconfig goes by garbage collection, after its owner. Pure.
 */
final class ControlPlaneFarewell {
    private ControlPlaneFarewell() {}

    static ControlPlaneDecision decide(
            Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass, ControlPlaneObservation seen) {
        if (seen.paused().isPresent()) {
            return new ControlPlaneDecision.Pause(seen.paused().get());
        }
        if (seen.anchor().protectedFromDeletion()) {
            return new ControlPlaneDecision.Refuse(
                    "DeletionProtected",
                    "set spec.deletionProtection of Cluster %s to false to delete it"
                            .formatted(seen.anchor().name()));
        }
        if (seen.anchor().orphan()) {
            return afterwards(
                    pass, seen, "Orphaned", "the managed cluster stays in Azure, as spec.deletionPolicy says");
        }
        if (seen.operating()) {
            return new ControlPlaneDecision.Follow("the managed cluster is being changed");
        }
        return switch (seen.sight()) {
            // Nothing was ever attempted and Azure cannot be asked, such as with a wrong secret: there is nothing to
            // delete.
            case ClusterSight.NotLooked nothing -> afterwards(pass, seen, "NeverCreated", "nothing was made in Azure");
            case ClusterSight.Absent absent -> afterwards(pass, seen, "Deleted", "the managed cluster has gone");
            case ClusterSight.Seen(ManagedClusterState state) -> delete(pass, seen, state);
        };
    }

    private static ControlPlaneDecision delete(
            Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass,
            ControlPlaneObservation seen,
            ManagedClusterState state) {
        boolean ours = state.owner()
                .map(o -> o.uid().equals(pass.uid()))
                .orElse(pass.status().initialization() != null);
        if (!ours) {
            return afterwards(
                    pass,
                    seen,
                    "NotOurs",
                    "managed cluster %s was not made by this object and stays".formatted(state.id()));
        }
        if (state.provisioningState().deleting()) {
            return new ControlPlaneDecision.Follow("Azure deletes the managed cluster");
        }
        if (seen.operation().orElse(null) instanceof OperationStatus.Failed(var error)) {
            return new ControlPlaneDecision.Fail(error);
        }
        Optional<String> busy = Busy.on(state);
        if (busy.isPresent()) {
            return new ControlPlaneDecision.Wait("WaitingForOperation", busy.get());
        }
        return unlessPending(pass, new ControlPlaneDecision.Delete(state.eTag()));
    }

    private static ControlPlaneDecision unlessPending(
            Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass, ControlPlaneDecision change) {
        return PendingError.of(pass.status(), pass.generation(), pass.now())
                .<ControlPlaneDecision>map(ControlPlaneDecision.Fail::new)
                .orElse(change);
    }

    private static ControlPlaneDecision afterwards(
            Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass,
            ControlPlaneObservation seen,
            String reason,
            String message) {
        if (seen.roleAssignments() > 0) {
            return new ControlPlaneDecision.Wait(
                    "WaitingForRoleAssignments", "the role assignments of the cluster go first");
        }
        if (seen.group() instanceof GroupSight.Seen group && group.madeBy(pass.uid())) {
            if (group.group().provisioningState().deleting()) {
                return new ControlPlaneDecision.Follow("Azure deletes the resource group");
            }
            if (seen.operation().orElse(null) instanceof OperationStatus.Failed(var error)) {
                return new ControlPlaneDecision.Fail(error);
            }
            if (group.empty()) {
                return unlessPending(pass, new ControlPlaneDecision.DeleteGroup());
            }
        }
        return new ControlPlaneDecision.Leave(reason, message);
    }
}
