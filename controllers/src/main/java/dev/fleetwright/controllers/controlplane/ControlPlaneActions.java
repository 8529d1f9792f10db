package dev.fleetwright.controllers.controlplane;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneStatus;
import dev.fleetwright.azure.OwnerTag;
import dev.fleetwright.azure.Submitted;
import dev.fleetwright.azure.queue.Requester;
import dev.fleetwright.controllers.azureaccess.ClusterAddress;
import dev.fleetwright.controllers.azureaccess.Progress;
import dev.fleetwright.controllers.azureaccess.Sent;
import dev.fleetwright.controllers.azureaccess.Turns;
import dev.fleetwright.controllers.fleet.Owners;
import dev.fleetwright.core.event.EventRecorder;
import dev.fleetwright.core.reconcile.Pass;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Carries out a decision: at most one change, and no waiting for it. */
final class ControlPlaneActions {
    private final ControlPlaneObserver observer;
    private final KubeconfigSecrets kubeconfigs;
    private final Turns turns;
    private final Owners owners;
    private final EventRecorder events;

    ControlPlaneActions(
            ControlPlaneObserver observer,
            KubeconfigSecrets kubeconfigs,
            Turns turns,
            Owners owners,
            EventRecorder events) {
        this.observer = observer;
        this.kubeconfigs = kubeconfigs;
        this.turns = turns;
        this.owners = owners;
        this.events = events;
    }

    Sent act(
            Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass,
            ControlPlaneObservation seen,
            ControlPlaneDecision decision) {
        var object = pass.resource();
        ArmId cluster = ClusterAddress.of(object);
        var me = new Requester(
                "ManagedControlPlane", pass.key().namespace(), pass.key().name());
        if (seen.operating()) {
            turns.resume(cluster, me);
        }
        return switch (decision) {
            case ControlPlaneDecision.Create(var wanted, var pools) ->
                write(
                        pass,
                        me,
                        "Create",
                        () -> Optional.of(
                                observer.azureOf(object).managedClusters().create(cluster, wanted, pools)));
            case ControlPlaneDecision.Update(var wanted, String kind, String message) ->
                write(
                        pass,
                        me,
                        kind,
                        () -> observer.azureOf(object).managedClusters().update(cluster, wanted));
            case ControlPlaneDecision.Delete(var eTag) ->
                write(
                        pass,
                        me,
                        "Delete",
                        () -> Optional.of(
                                observer.azureOf(object).managedClusters().delete(cluster, eTag)));
            case ControlPlaneDecision.DeleteGroup group ->
                write(
                        pass,
                        me,
                        "DeleteGroup",
                        () -> Optional.of(
                                observer.azureOf(object).resourceGroups().delete(groupOf(cluster))));
            case ControlPlaneDecision.CreateGroup group -> {
                observer.azureOf(object)
                        .resourceGroups()
                        .create(
                                groupOf(cluster),
                                object.getSpec().location(),
                                Map.of(OwnerTag.KEY, WantedCluster.owner(object).value()));
                yield new Sent.Nothing();
            }
            case ControlPlaneDecision.StoreKubeconfig store -> {
                byte[] kubeconfig = observer.azureOf(object).managedClusters().adminKubeconfig(cluster);
                kubeconfigs.store(object, kubeconfig, CredentialLife.renewAfter(kubeconfig, pass.now()));
                yield new Sent.Nothing();
            }
            case ControlPlaneDecision.Link link -> {
                owners.link(object, seen.anchor());
                yield new Sent.Nothing();
            }
            case ControlPlaneDecision.Leave(String reason, String message) -> {
                turns.release(cluster, me);
                events.normal(object, reason, message);
                yield new Sent.Nothing();
            }
            case ControlPlaneDecision.Fail(var error) -> {
                turns.release(cluster, me);
                throw error;
            }
            case ControlPlaneDecision.Rest rest -> done(cluster, me);
            case ControlPlaneDecision.Refuse refuse -> done(cluster, me);
            case ControlPlaneDecision.Pause pause -> done(cluster, me);
            case ControlPlaneDecision.Wait(String reason, String message) ->
                Progress.keepsTurn(reason) ? new Sent.Nothing() : done(cluster, me);
            // A cluster still settles after its operation has ended.
            case ControlPlaneDecision.Follow follow -> new Sent.Nothing();
            case ControlPlaneDecision.Intend intend -> new Sent.Nothing();
        };
    }

    private Sent done(ArmId cluster, Requester me) {
        turns.release(cluster, me);
        return new Sent.Nothing();
    }

    private Sent write(
            Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass,
            Requester me,
            String kind,
            Supplier<Optional<Submitted>> call) {
        ArmId cluster = ClusterAddress.of(pass.resource());
        Optional<String> waiting = turns.ask(cluster, me);
        if (waiting.isPresent()) {
            return new Sent.InLine(waiting.get());
        }
        try {
            Optional<Submitted> submitted = call.get();
            if (submitted.isEmpty()) {
                turns.release(cluster, me);
                return new Sent.Unneeded();
            }
            events.normal(pass.resource(), kind, "Azure accepted: " + kind + " of managed cluster " + cluster.name());
            return Sent.accepted(kind, submitted.get(), pass.generation(), pass.now());
        } catch (RuntimeException e) {
            turns.release(cluster, me);
            throw e;
        }
    }

    private static ArmId groupOf(ArmId cluster) {
        return ArmId.resourceGroup(
                cluster.valueOf("subscriptions").orElseThrow(),
                cluster.valueOf("resourceGroups").orElseThrow());
    }
}
