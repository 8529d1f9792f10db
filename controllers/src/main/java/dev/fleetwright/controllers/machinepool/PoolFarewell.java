package dev.fleetwright.controllers.machinepool;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolStatus;
import dev.fleetwright.azure.AgentPoolState;
import dev.fleetwright.azure.ManagedClusterState;
import dev.fleetwright.azure.OperationStatus;
import dev.fleetwright.controllers.azureaccess.Busy;
import dev.fleetwright.controllers.azureaccess.PendingError;
import dev.fleetwright.core.reconcile.Pass;
import java.util.Optional;

/**
 * What to do about a pool whose object is being deleted. Pure.
 *
 * <p>When the whole cluster goes, its pools go with it in one ARM call of the control plane, the last System pool too, which
 * AKS would not delete by itself.
 */
final class PoolFarewell {
    private PoolFarewell() {}

    static PoolDecision decide(Pass<MachinePool, MachinePoolStatus> pass, PoolObservation seen) {
        if (seen.paused().isPresent()) {
            return new PoolDecision.Pause(seen.paused().get());
        }
        if (seen.anchor().deleting() && seen.anchor().protectedFromDeletion()) {
            return new PoolDecision.Refuse(
                    "DeletionProtected",
                    "set spec.deletionProtection of Cluster %s to false to delete it"
                            .formatted(seen.anchor().name()));
        }
        if (seen.anchor().orphan()) {
            return new PoolDecision.Leave("Orphaned", "the agent pool stays in Azure, as spec.deletionPolicy says");
        }
        if (seen.controlPlane().isEmpty()) {
            return gone("the control plane has gone");
        }
        var controlPlane = seen.controlPlane().get();
        if (!controlPlane.recorded()) {
            return gone("nothing was made in Azure");
        }
        if (controlPlane.creating()) {
            return new PoolDecision.Wait("WaitingForOperation", "the managed cluster is being created");
        }
        if (seen.operating()) {
            return new PoolDecision.Follow("agent pool %s is being changed"
                    .formatted(pass.resource().getSpec().name()));
        }
        return switch (seen.sight()) {
            case PoolSight.NotLooked nothing ->
                new PoolDecision.Wait("WaitingForControlPlane", "Azure was not asked yet");
            case PoolSight.NoCluster nothing -> gone("the managed cluster has gone with its pools");
            case PoolSight.NoPool nothing -> new PoolDecision.Leave("Deleted", "the agent pool has gone");
            case PoolSight.Seen(ManagedClusterState cluster, AgentPoolState pool) ->
                seen.anchor().deleting() || controlPlane.deleting()
                        ? new PoolDecision.Wait(
                                "WaitingForControlPlaneDeletion", "the managed cluster is deleted with all its pools")
                        : delete(pass, seen, cluster, pool);
        };
    }

    private static PoolDecision delete(
            Pass<MachinePool, MachinePoolStatus> pass,
            PoolObservation seen,
            ManagedClusterState cluster,
            AgentPoolState pool) {
        boolean ours = pool.owner()
                .map(o -> o.uid().equals(pass.uid()))
                .orElse(pass.status().id() != null);
        if (!ours) {
            return new PoolDecision.Leave(
                    "NotOurs", "agent pool %s was not made by this object and stays".formatted(pool.name()));
        }
        if (seen.drainPending()) {
            return new PoolDecision.Wait("WaitingForDrain", "the nodes are drained first");
        }
        if (!pool.provisioningState().terminal()) {
            return new PoolDecision.Follow("agent pool " + pool.name() + " is " + pool.provisioningState());
        }
        if (lastSystemPool(cluster, pool)) {
            return new PoolDecision.Refuse(
                    "LastSystemPool",
                    "AKS does not delete the last System pool: add another one first, or delete the Cluster");
        }
        if (seen.operation().orElse(null) instanceof OperationStatus.Failed(var error)) {
            return new PoolDecision.Fail(error);
        }
        var pending = PendingError.of(pass.status(), pass.generation(), pass.now());
        if (pending.isPresent()) {
            return new PoolDecision.Fail(pending.get());
        }
        Optional<String> busy = Busy.on(cluster);
        return busy.<PoolDecision>map(m -> new PoolDecision.Wait("WaitingForOperation", m))
                .orElseGet(() -> new PoolDecision.Delete(pool.eTag()));
    }

    private static boolean lastSystemPool(ManagedClusterState cluster, AgentPoolState pool) {
        return isSystem(pool)
                && cluster.pools().stream()
                        .noneMatch(p -> isSystem(p) && !p.name().equals(pool.name()));
    }

    private static boolean isSystem(AgentPoolState pool) {
        return "System".equalsIgnoreCase(pool.mode());
    }

    private static PoolDecision gone(String message) {
        return new PoolDecision.Leave("DeletedWithControlPlane", message);
    }
}
