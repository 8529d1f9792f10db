package dev.fleetwright.controllers.machinepool;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolStatus;
import dev.fleetwright.azure.AgentPoolSpec;
import dev.fleetwright.azure.AgentPoolState;
import dev.fleetwright.azure.Difference;
import dev.fleetwright.azure.ManagedClusterState;
import dev.fleetwright.azure.OperationStatus;
import dev.fleetwright.azure.OwnerTag;
import dev.fleetwright.controllers.azureaccess.Busy;
import dev.fleetwright.controllers.azureaccess.PendingError;
import dev.fleetwright.controllers.version.VersionStep;
import dev.fleetwright.core.error.FleetException;
import dev.fleetwright.core.reconcile.Pass;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What to do about a pool that is wanted. Pure. */
final class PoolPlan {
    private static final Set<String> SIZE = Set.of("replicas", "scaling");

    private final Pass<MachinePool, MachinePoolStatus> pass;
    private final PoolObservation seen;
    private final MachinePool object;

    private PoolPlan(Pass<MachinePool, MachinePoolStatus> pass, PoolObservation seen) {
        this.pass = pass;
        this.seen = seen;
        this.object = pass.resource();
    }

    static PoolDecision decide(Pass<MachinePool, MachinePoolStatus> pass, PoolObservation seen) {
        return new PoolPlan(pass, seen).decide();
    }

    private PoolDecision decide() {
        if (seen.paused().isPresent()) {
            return new PoolDecision.Pause(seen.paused().get());
        }
        if (!seen.anchor().present()) {
            return new PoolDecision.Wait(
                    "WaitingForCluster", "Cluster " + seen.anchor().name() + " does not exist");
        }
        if (seen.anchor().missingOn(object)) {
            return new PoolDecision.Link();
        }
        if (seen.anchor().deleting()) {
            return new PoolDecision.Wait(
                    "ClusterDeleting", "Cluster " + seen.anchor().name() + " is being deleted");
        }
        if (seen.controlPlane().isEmpty()) {
            return waitForControlPlane(
                    "no ManagedControlPlane belongs to Cluster " + seen.anchor().name());
        }
        if (seen.operation().isPresent()) {
            switch (seen.operation().get()) {
                case OperationStatus.InProgress running -> {
                    return new PoolDecision.Follow(running.text());
                }
                case OperationStatus.Failed failed -> {
                    return new PoolDecision.Fail(failed.error());
                }
                case OperationStatus.Succeeded ended -> {}
                case OperationStatus.Canceled ended -> {}
                case OperationStatus.Expired ended -> {}
            }
        }
        return switch (seen.sight()) {
            case PoolSight.NotLooked nothing -> waitForControlPlane("the managed cluster is not there yet");
            case PoolSight.NoCluster nothing -> waitForControlPlane("the managed cluster is not there yet");
            case PoolSight.NoPool(ManagedClusterState cluster) -> create(cluster);
            case PoolSight.Seen(ManagedClusterState cluster, AgentPoolState pool) -> compare(cluster, pool);
        };
    }

    private PoolDecision create(ManagedClusterState cluster) {
        if (cluster.provisioningState().deleting()) {
            return waitForControlPlane("the managed cluster is being deleted");
        }
        AgentPoolSpec wanted = WantedPool.atCreation(object);
        return switch (step(Optional.empty(), cluster)) {
            case VersionStep.NotYet(String message) -> new PoolDecision.Wait("WaitingForControlPlaneVersion", message);
            case VersionStep.Refused(String message) -> new PoolDecision.Refuse("InvalidConfiguration", message);
            case VersionStep.Met met -> unlessHeld(cluster, new PoolDecision.Create(wanted));
            case VersionStep.Up up -> unlessHeld(cluster, new PoolDecision.Create(wanted));
        };
    }

    private PoolDecision compare(ManagedClusterState cluster, AgentPoolState pool) {
        Optional<String> foreign = foreignOwner(pool);
        if (foreign.isPresent()) {
            return new PoolDecision.Refuse("AlreadyExists", foreign.get());
        }
        if (!pool.provisioningState().terminal()) {
            return new PoolDecision.Follow("agent pool " + pool.name() + " is " + pool.provisioningState());
        }
        VersionStep step = step(pool.currentVersion(), cluster);
        AgentPoolSpec wanted = WantedPool.now(object);
        AgentPoolSpec reachable = step instanceof VersionStep.Up ? wanted : WantedPool.withoutVersion(wanted);
        List<Difference> differences = reachable.differencesFrom(pool);
        Set<String> fields = differences.stream()
                .filter(Difference::changeable)
                .map(Difference::field)
                .collect(Collectors.toUnmodifiableSet());
        if (!fields.isEmpty()) {
            return unlessHeld(cluster, new PoolDecision.Update(reachable, kindOf(fields), text(differences, true)));
        }
        if (!pool.provisioningState().succeeded()) {
            String state = "agent pool %s is %s%s"
                    .formatted(
                            pool.name(),
                            pool.provisioningState(),
                            pool.provisioningError().map(e -> ": " + e).orElse(""));
            return unlessHeld(cluster, new PoolDecision.Update(reachable, "Repair", state));
        }
        if (!differences.isEmpty()) {
            return new PoolDecision.Refuse(
                    "InvalidConfiguration",
                    "Azure cannot change on an existing agent pool: %s. Replace the pool, or set the spec back"
                            .formatted(text(differences, false)));
        }
        return switch (step) {
            case VersionStep.Refused(String message) -> new PoolDecision.Refuse("InvalidConfiguration", message);
            case VersionStep.NotYet(String message) -> new PoolDecision.Wait("WaitingForControlPlaneVersion", message);
            case VersionStep.Met met -> new PoolDecision.Rest();
            case VersionStep.Up up -> new PoolDecision.Rest();
        };
    }

    /** The change, unless something else runs on the cluster, or an error of the last try is not due again. */
    private PoolDecision unlessHeld(ManagedClusterState cluster, PoolDecision change) {
        Optional<FleetException> pending = PendingError.of(pass.status(), pass.generation(), pass.now());
        if (pending.isPresent()) {
            return new PoolDecision.Fail(pending.get());
        }
        return Busy.on(cluster)
                .<PoolDecision>map(message -> new PoolDecision.Wait("WaitingForOperation", message))
                .orElse(change);
    }

    private VersionStep step(Optional<String> running, ManagedClusterState cluster) {
        String wanted = Objects.requireNonNullElse(object.getSpec().version(), "");
        return VersionStep.ofPool(wanted, running, cluster.currentVersion());
    }

    private Optional<String> foreignOwner(AgentPoolState pool) {
        OwnerTag us = WantedPool.owner(object);
        if (WantedPool.adopts(object)
                || pool.owner().filter(o -> o.uid().equals(us.uid())).isPresent()) {
            return Optional.empty();
        }
        boolean oursBefore = pass.status().id() != null;
        if (pool.owner().isEmpty() && oursBefore) {
            return Optional.empty(); // somebody took the tag off: drift, to be mended
        }
        String whose = pool.owner()
                .map(o -> "belongs to " + o.namespace() + "/" + o.name())
                .orElse("is not ours");
        return Optional.of(
                "agent pool %s exists already and %s: choose another spec.name, or annotate this object with fleetwright.dev/adopt=true"
                        .formatted(pool.name(), whose));
    }

    private static String kindOf(Set<String> fields) {
        if (fields.contains("version")) {
            return "Upgrade";
        }
        return SIZE.containsAll(fields) ? "Scale" : "Update";
    }

    private static String text(List<Difference> differences, boolean changeable) {
        return differences.stream()
                .filter(d -> d.changeable() == changeable)
                .map(Difference::toString)
                .sorted()
                .collect(Collectors.joining("; "));
    }

    private static PoolDecision waitForControlPlane(String message) {
        return new PoolDecision.Wait("WaitingForControlPlane", message);
    }
}
