package dev.fleetwright.controllers.machinepool;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolStatus;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.azure.Azure;
import dev.fleetwright.azure.Submitted;
import dev.fleetwright.azure.queue.Requester;
import dev.fleetwright.controllers.azureaccess.ClusterAddress;
import dev.fleetwright.controllers.azureaccess.Progress;
import dev.fleetwright.controllers.azureaccess.Sent;
import dev.fleetwright.controllers.azureaccess.Turns;
import dev.fleetwright.controllers.fleet.Fleet;
import dev.fleetwright.controllers.fleet.Owners;
import dev.fleetwright.core.event.EventRecorder;
import dev.fleetwright.core.reconcile.Pass;
import java.util.Optional;
import java.util.function.Function;

/** Carries out a decision: at most one change, and no waiting for it. */
final class PoolActions {
    private final Fleet fleet;
    private final PoolObserver observer;
    private final Turns turns;
    private final Owners owners;
    private final EventRecorder events;

    PoolActions(Fleet fleet, PoolObserver observer, Turns turns, EventRecorder events) {
        this.fleet = fleet;
        this.observer = observer;
        this.turns = turns;
        this.owners = new Owners(fleet.client());
        this.events = events;
    }

    Sent act(Pass<MachinePool, MachinePoolStatus> pass, PoolObservation seen, PoolDecision decision) {
        var pool = pass.resource();
        var controlPlane = fleet.controlPlaneOf(PoolObserver.clusterOf(pool));
        var me = new Requester("MachinePool", pass.key().namespace(), pass.key().name());
        if (seen.operating()) {
            controlPlane.ifPresent(cp -> turns.resume(ClusterAddress.of(cp), me));
        }
        return switch (decision) {
            case PoolDecision.Create(var wanted) ->
                write(
                        pass,
                        controlPlane,
                        me,
                        "Create",
                        target -> Optional.of(target.azure().agentPools().create(target.pool(), wanted)));
            case PoolDecision.Update(var wanted, String kind, String message) ->
                write(
                        pass,
                        controlPlane,
                        me,
                        kind,
                        target -> target.azure().agentPools().update(target.pool(), wanted));
            case PoolDecision.Delete(var eTag) ->
                write(
                        pass,
                        controlPlane,
                        me,
                        "Delete",
                        target -> Optional.of(target.azure().agentPools().delete(target.pool(), eTag)));
            case PoolDecision.Link link -> {
                owners.link(pool, seen.anchor());
                yield new Sent.Nothing();
            }
            case PoolDecision.Leave(String reason, String message) -> {
                done(controlPlane, me);
                events.normal(pool, reason, message);
                yield new Sent.Nothing();
            }
            case PoolDecision.Fail(var error) -> {
                done(controlPlane, me);
                throw error;
            }
            case PoolDecision.Rest rest -> done(controlPlane, me);
            case PoolDecision.Refuse refuse -> done(controlPlane, me);
            case PoolDecision.Pause pause -> done(controlPlane, me);
            case PoolDecision.Wait(String reason, String message) ->
                Progress.keepsTurn(reason) ? new Sent.Nothing() : done(controlPlane, me);
            // A pool still settles after its operation has ended.
            case PoolDecision.Follow follow -> new Sent.Nothing();
        };
    }

    private Sent done(Optional<ManagedControlPlane> controlPlane, Requester me) {
        controlPlane.ifPresent(cp -> turns.release(ClusterAddress.of(cp), me));
        return new Sent.Nothing();
    }

    private Sent write(
            Pass<MachinePool, MachinePoolStatus> pass,
            Optional<ManagedControlPlane> controlPlane,
            Requester me,
            String kind,
            Function<Target, Optional<Submitted>> call) {
        ManagedControlPlane owner = controlPlane.orElseThrow();
        ArmId cluster = ClusterAddress.of(owner);
        Optional<String> waiting = turns.ask(cluster, me);
        if (waiting.isPresent()) {
            return new Sent.InLine(waiting.get());
        }
        var target = new Target(
                observer.azureOf(owner),
                cluster.agentPool(pass.resource().getSpec().name()));
        try {
            Optional<Submitted> submitted = call.apply(target);
            if (submitted.isEmpty()) {
                turns.release(cluster, me);
                return new Sent.Unneeded();
            }
            events.normal(
                    pass.resource(),
                    kind,
                    "Azure accepted: " + kind + " of agent pool "
                            + target.pool().name());
            return Sent.accepted(kind, submitted.get(), pass.generation(), pass.now());
        } catch (RuntimeException e) {
            turns.release(cluster, me);
            throw e;
        }
    }

    private record Target(Azure azure, ArmId pool) {}
}
