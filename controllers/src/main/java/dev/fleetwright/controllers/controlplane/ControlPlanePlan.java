package dev.fleetwright.controllers.controlplane;

import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneStatus;
import dev.fleetwright.azure.Difference;
import dev.fleetwright.azure.ManagedClusterProperty;
import dev.fleetwright.azure.ManagedClusterSpec;
import dev.fleetwright.azure.ManagedClusterState;
import dev.fleetwright.azure.OperationStatus;
import dev.fleetwright.controllers.azureaccess.Busy;
import dev.fleetwright.controllers.azureaccess.ClusterAddress;
import dev.fleetwright.controllers.azureaccess.PendingError;
import dev.fleetwright.controllers.version.VersionStep;
import dev.fleetwright.core.reconcile.Pass;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What to do about a control plane that is wanted. Pure.
 *
 * <p>A managed cluster that was in use and then vanished in Azure is not made again by itself: its successor would be empty,
 * with another identity and address, and everything that ran there would be lost in silence. That takes the annotation
 * {@code fleetwright.dev/recreate=true}.
 */
final class ControlPlanePlan {
    private final Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass;
    private final ControlPlaneObservation seen;
    private final ManagedControlPlane object;

    private ControlPlanePlan(Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass, ControlPlaneObservation seen) {
        this.pass = pass;
        this.seen = seen;
        this.object = pass.resource();
    }

    static ControlPlaneDecision decide(
            Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass, ControlPlaneObservation seen) {
        return new ControlPlanePlan(pass, seen).decide();
    }

    private ControlPlaneDecision decide() {
        String cluster = seen.anchor().name();
        if (seen.paused().isPresent()) {
            return new ControlPlaneDecision.Pause(seen.paused().get());
        }
        if (!seen.anchor().present()) {
            return new ControlPlaneDecision.Wait("WaitingForCluster", "Cluster " + cluster + " does not exist");
        }
        if (seen.anchor().missingOn(object)) {
            return new ControlPlaneDecision.Link();
        }
        Optional<String> other = seen.anchor()
                .controlPlane()
                .filter(n -> !n.equals(object.getMetadata().getName()));
        if (other.isPresent()) {
            return new ControlPlaneDecision.Refuse(
                    "InvalidConfiguration",
                    "Cluster %s names %s as its control plane, not this one: change its spec.controlPlaneRef or delete this object"
                            .formatted(cluster, other.get()));
        }
        if (seen.anchor().deleting()) {
            return new ControlPlaneDecision.Wait("ClusterDeleting", "Cluster " + cluster + " is being deleted");
        }
        if (!seen.identityReserved()) {
            return new ControlPlaneDecision.Wait(
                    "WaitingForIdentity",
                    "AzureClusterIdentity %s is being reserved"
                            .formatted(object.getSpec().identityRef().name()));
        }
        if (seen.operation().isPresent()) {
            switch (seen.operation().get()) {
                case OperationStatus.InProgress running -> {
                    return new ControlPlaneDecision.Follow(running.text());
                }
                case OperationStatus.Failed failed -> {
                    return new ControlPlaneDecision.Fail(failed.error());
                }
                case OperationStatus.Succeeded ended -> {}
                case OperationStatus.Canceled ended -> {}
                case OperationStatus.Expired ended -> {}
            }
        }
        return switch (seen.sight()) {
            case ClusterSight.NotLooked nothing -> new ControlPlaneDecision.Follow("Azure is being asked");
            case ClusterSight.Absent absent -> create();
            case ClusterSight.Seen(ManagedClusterState state) -> compare(state);
        };
    }

    private ControlPlaneDecision create() {
        boolean wasInUse = pass.status().initialization() != null;
        if (wasInUse && !WantedCluster.recreates(object)) {
            return new ControlPlaneDecision.Refuse(
                    "NotFoundInAzure",
                    "managed cluster %s was in use and has vanished from Azure: annotate this object with fleetwright.dev/recreate=true to make an empty one, or delete the Cluster"
                            .formatted(ClusterAddress.of(object)));
        }
        if (seen.firstPools().isEmpty()) {
            return new ControlPlaneDecision.Wait(
                    "WaitingForSystemPool",
                    "AKS creates a cluster with a System pool: add one to Cluster "
                            + seen.anchor().name());
        }
        if (seen.group() instanceof GroupSight.Seen(var group, boolean empty)
                && group.provisioningState().deleting()) {
            return new ControlPlaneDecision.Wait(
                    "WaitingForResourceGroup", "resource group " + group.id().name() + " is being deleted");
        }
        if (seen.group() instanceof GroupSight.Absent) {
            return unlessPending(new ControlPlaneDecision.CreateGroup());
        }
        if (pass.status().id() == null) {
            return new ControlPlaneDecision.Intend();
        }
        return unlessPending(new ControlPlaneDecision.Create(WantedCluster.of(object), seen.firstPools()));
    }

    private ControlPlaneDecision compare(ManagedClusterState state) {
        Optional<String> foreign = foreignOwner(state);
        if (foreign.isPresent()) {
            return new ControlPlaneDecision.Refuse("AlreadyExists", foreign.get());
        }
        String condition = "the managed cluster is " + state.provisioningState();
        if ("Creating".equalsIgnoreCase(state.provisioningState().value())) {
            return new ControlPlaneDecision.Follow(condition);
        }
        boolean unstored = seen.kubeconfig() == KubeconfigSight.MISSING || seen.kubeconfig() == KubeconfigSight.DUE;
        if (unstored && !Boolean.TRUE.equals(object.getSpec().disableLocalAccounts())) {
            return unlessPending(new ControlPlaneDecision.StoreKubeconfig());
        }
        return state.provisioningState().terminal() ? change(state) : new ControlPlaneDecision.Follow(condition);
    }

    private ControlPlaneDecision change(ManagedClusterState state) {
        VersionStep step = VersionStep.ofControlPlane(
                object.getSpec().version(), state.currentVersion(), WantedCluster.upgradesItself(object));
        String asIs = state.version()
                .or(state::currentVersion)
                .orElse(object.getSpec().version());
        ManagedClusterSpec sameVersion = WantedCluster.withVersion(object, asIs);
        List<Difference> differences = sameVersion.differencesFrom(state);
        String changes = text(differences, true);
        if (!changes.isEmpty()) {
            return unlessBusy(state, new ControlPlaneDecision.Update(sameVersion, "Update", changes));
        }
        boolean asked = WantedCluster.of(object).differencesFrom(state).stream()
                .noneMatch(d -> d.field().equals(ManagedClusterProperty.VERSION.field()));
        if (step instanceof VersionStep.Up(String target) && !asked) {
            String message = "from %s to %s".formatted(state.currentVersion().orElse("?"), target);
            return unlessBusy(state, new ControlPlaneDecision.Update(WantedCluster.of(object), "Upgrade", message));
        }
        if (!state.provisioningState().succeeded()) {
            return unlessBusy(
                    state,
                    new ControlPlaneDecision.Update(
                            sameVersion, "Repair", "the managed cluster is " + state.provisioningState()));
        }
        if (!differences.isEmpty()) {
            return new ControlPlaneDecision.Refuse(
                    "InvalidConfiguration",
                    "Azure cannot change on an existing cluster: %s. Set the spec back"
                            .formatted(text(differences, false)));
        }
        return switch (step) {
            case VersionStep.Refused(String message) ->
                new ControlPlaneDecision.Refuse("InvalidConfiguration", message);
            case VersionStep.NotYet(String message) -> new ControlPlaneDecision.Wait("WaitingForVersion", message);
            case VersionStep.Met met -> new ControlPlaneDecision.Rest();
            case VersionStep.Up up -> new ControlPlaneDecision.Rest();
        };
    }

    private ControlPlaneDecision unlessBusy(ManagedClusterState state, ControlPlaneDecision change) {
        return Busy.on(state)
                .<ControlPlaneDecision>map(m -> new ControlPlaneDecision.Wait("WaitingForOperation", m))
                .orElseGet(() -> unlessPending(change));
    }

    private ControlPlaneDecision unlessPending(ControlPlaneDecision change) {
        return PendingError.of(pass.status(), pass.generation(), pass.now())
                .<ControlPlaneDecision>map(ControlPlaneDecision.Fail::new)
                .orElse(change);
    }

    private Optional<String> foreignOwner(ManagedClusterState state) {
        boolean ours = state.owner()
                .map(o -> o.uid().equals(pass.uid()))
                // Somebody took the tag off a cluster of ours: drift, to be mended.
                .orElse(pass.status().initialization() != null);
        if (ours || WantedCluster.adopts(object)) {
            return Optional.empty();
        }
        String whose = state.owner()
                .map(o -> "belongs to " + o.namespace() + "/" + o.name())
                .orElse("is not ours");
        return Optional.of(
                "managed cluster %s exists already and %s: choose another spec.name, or annotate this object with fleetwright.dev/adopt=true"
                        .formatted(state.id(), whose));
    }

    private static String text(List<Difference> differences, boolean changeable) {
        return differences.stream()
                .filter(d -> d.changeable() == changeable)
                .map(Difference::toString)
                .sorted()
                .collect(Collectors.joining("; "));
    }
}
