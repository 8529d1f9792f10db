package dev.fleetwright.controllers.machinepool;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolStatus;
import dev.fleetwright.controllers.azureaccess.Paces;
import dev.fleetwright.controllers.azureaccess.Progress;
import dev.fleetwright.controllers.azureaccess.Sent;
import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.reconcile.Next;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.core.reconcile.Report;
import java.time.Duration;

/** What a pass over a pool says: facts, conditions, and when to look again. Pure. */
final class PoolReport {
    private final Paces paces;
    private final PoolHealth health;

    PoolReport(Paces paces) {
        this.paces = paces;
        this.health = new PoolHealth(paces);
    }

    Report<MachinePoolStatus> of(
            Pass<MachinePool, MachinePoolStatus> pass, PoolObservation seen, PoolDecision decision, Sent sent) {
        MachinePoolStatus status = PoolFacts.observed(pass.status(), seen);
        Conditions before = decision instanceof PoolDecision.Pause
                ? pass.conditions()
                : pass.conditions().remove(Conditions.PAUSED);
        Conditions conditions = health.observed(before, seen, status);
        return switch (decision) {
            case PoolDecision.Link link ->
                PoolHealth.report(pass.status(), pass.conditions(), Next.after(Duration.ZERO, "linked"));
            case PoolDecision.Pause(String message) ->
                PoolHealth.report(
                        status,
                        conditions.setTrue(Conditions.PAUSED, "Paused", Progress.paused(message, status.operation())),
                        Next.done());
            case PoolDecision.Wait(String reason, String message) ->
                PoolHealth.report(
                        status, Progress.waiting(pass, conditions, reason, message), Progress.again(reason, paces));
            case PoolDecision.Follow(String message) -> following(pass, status, conditions, message);
            case PoolDecision.Create create -> sent(pass, status, conditions, sent, "the agent pool is created");
            case PoolDecision.Update(var wanted, String kind, String message) ->
                sent(pass, status, conditions, sent, message);
            case PoolDecision.Delete delete -> sent(pass, status, conditions, sent, "the agent pool is deleted");
            case PoolDecision.Refuse(String reason, String message) ->
                PoolHealth.report(
                        status,
                        upToDate(Progress.deleting(pass, conditions, reason, message), seen, reason, message)
                                .stalled(reason, message),
                        Next.done());
            case PoolDecision.Rest rest -> resting(status, conditions, seen);
            case PoolDecision.Leave leave -> PoolHealth.report(status, conditions, Next.cleaned());
            // Acting on it threw: the edge reports, not we.
            case PoolDecision.Fail fail -> PoolHealth.report(status, conditions, Next.done());
        };
    }

    private Report<MachinePoolStatus> sent(
            Pass<MachinePool, MachinePoolStatus> pass,
            MachinePoolStatus status,
            Conditions conditions,
            Sent sent,
            String message) {
        Progress progress = Progress.sent(pass, conditions, sent, message, paces);
        return PoolHealth.report(
                progress.operation().map(status::withOperation).orElse(status), progress.conditions(), progress.next());
    }

    private Report<MachinePoolStatus> following(
            Pass<MachinePool, MachinePoolStatus> pass,
            MachinePoolStatus status,
            Conditions conditions,
            String message) {
        Progress progress = Progress.following(
                pass,
                conditions,
                status.operation(),
                pass.status().observedGeneration(),
                status.provisioningState(),
                "the agent pool",
                message,
                paces);
        return PoolHealth.report(status, progress.conditions(), progress.next());
    }

    private Report<MachinePoolStatus> resting(MachinePoolStatus status, Conditions conditions, PoolObservation seen) {
        return health.resting(
                status,
                conditions.setTrue(Conditions.UP_TO_DATE, "UpToDate", "").remove(Progress.ROLLING_OUT),
                seen);
    }

    private static Conditions upToDate(Conditions conditions, PoolObservation seen, String reason, String message) {
        return seen.sight() instanceof PoolSight.Seen
                ? conditions.setFalse(Conditions.UP_TO_DATE, reason, message)
                : conditions;
    }
}
