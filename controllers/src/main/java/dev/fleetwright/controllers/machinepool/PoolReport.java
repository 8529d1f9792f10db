package dev.fleetwright.controllers.machinepool;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolStatus;
import dev.fleetwright.api.v1alpha1.OperationRef;
import dev.fleetwright.controllers.azureaccess.OperationWords;
import dev.fleetwright.controllers.azureaccess.Paces;
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
                        conditions.setTrue(Conditions.PAUSED, "Paused", withRunning(message, status)),
                        Next.done());
            case PoolDecision.Wait(String reason, String message) ->
                PoolHealth.report(
                        status, waiting(pass, conditions, reason, message), Next.after(paceOf(reason), reason));
            case PoolDecision.Follow(String message) -> following(pass, status, conditions, message);
            case PoolDecision.Create create -> sent(pass, status, conditions, sent, "the agent pool is created");
            case PoolDecision.Update(var wanted, String kind, String message) ->
                sent(pass, status, conditions, sent, message);
            case PoolDecision.Delete delete -> sent(pass, status, conditions, sent, "the agent pool is deleted");
            case PoolDecision.Refuse(String reason, String message) ->
                PoolHealth.report(
                        status,
                        upToDate(deleting(pass, conditions, reason, message), seen, reason, message)
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
        Conditions pending = conditions.setFalse(Conditions.UP_TO_DATE, "ChangePending", message);
        return switch (sent) {
            case Sent.Accepted(OperationRef operation) -> {
                String reason = OperationWords.reason(operation.kind());
                yield PoolHealth.report(
                        status.withOperation(operation),
                        deleting(pass, pending, "DeletingAgentPool", message).reconciling(reason, message),
                        Next.after(paces.operationPoll(), reason));
            }
            case Sent.InLine(String line) ->
                PoolHealth.report(
                        status,
                        deleting(pass, pending, "WaitingForOperation", line).reconciling("WaitingForOperation", line),
                        Next.after(paces.line(), "WaitingForOperation"));
            case Sent.Unneeded unneeded ->
                PoolHealth.report(status, conditions, Next.after(paces.operationPoll(), "nothing differs"));
            case Sent.Nothing nothing ->
                PoolHealth.report(status, conditions, Next.after(paces.operationPoll(), "nothing was sent"));
        };
    }

    /** Ours shows as Reconciling; what others do to a pool that is as we want it does not. */
    private Report<MachinePoolStatus> following(
            Pass<MachinePool, MachinePoolStatus> pass,
            MachinePoolStatus status,
            Conditions conditions,
            String message) {
        Next next = Next.after(paces.operationPoll(), "an operation runs");
        OperationRef operation = status.operation();
        if (operation != null) {
            String reason = OperationWords.reason(operation.kind());
            String text = "the agent pool: " + OperationWords.doing(operation.kind());
            return PoolHealth.report(
                    status,
                    deleting(pass, conditions, "DeletingAgentPool", text).reconciling(reason, text),
                    next);
        }
        boolean settledBefore = pass.conditions().isTrue(Conditions.READY)
                && Long.valueOf(pass.generation()).equals(pass.status().observedGeneration())
                && !pass.conditions().isTrue(Conditions.RECONCILING);
        if (settledBefore && !pass.deleting()) {
            return PoolHealth.report(status, conditions.setTrue("RollingOut", "OperationInProgress", message), next);
        }
        String reason = "Creating".equalsIgnoreCase(status.provisioningState()) ? "Creating" : "WaitingForOperation";
        return PoolHealth.report(
                status, deleting(pass, conditions, reason, message).reconciling(reason, message), next);
    }

    private Report<MachinePoolStatus> resting(MachinePoolStatus status, Conditions conditions, PoolObservation seen) {
        return health.resting(
                status,
                conditions.setTrue(Conditions.UP_TO_DATE, "UpToDate", "").remove("RollingOut"),
                seen);
    }

    private Conditions waiting(
            Pass<MachinePool, MachinePoolStatus> pass, Conditions conditions, String reason, String message) {
        return deleting(pass, conditions, reason, message).reconciling(reason, message);
    }

    private static Conditions deleting(
            Pass<MachinePool, MachinePoolStatus> pass, Conditions conditions, String reason, String message) {
        return pass.deleting() ? conditions.setTrue(Conditions.DELETING, reason, message) : conditions;
    }

    private static Conditions upToDate(Conditions conditions, PoolObservation seen, String reason, String message) {
        return seen.sight() instanceof PoolSight.Seen
                ? conditions.setFalse(Conditions.UP_TO_DATE, reason, message)
                : conditions;
    }

    private Duration paceOf(String reason) {
        return "WaitingForOperation".equals(reason) ? paces.operationPoll() : paces.dependency();
    }

    private static String withRunning(String message, MachinePoolStatus status) {
        OperationRef operation = status.operation();
        return operation == null ? message : message + "; the running " + operation.kind() + " in Azure goes on";
    }
}
