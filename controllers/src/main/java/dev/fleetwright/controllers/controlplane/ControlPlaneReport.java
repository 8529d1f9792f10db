package dev.fleetwright.controllers.controlplane;

import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneStatus;
import dev.fleetwright.api.v1alpha1.OperationRef;
import dev.fleetwright.controllers.azureaccess.ClusterAddress;
import dev.fleetwright.controllers.azureaccess.OperationWords;
import dev.fleetwright.controllers.azureaccess.Paces;
import dev.fleetwright.controllers.azureaccess.Sent;
import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.reconcile.Next;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.core.reconcile.Report;
import java.time.Duration;

/** What a pass over a control plane says: facts, conditions, and when to look again. Pure. */
final class ControlPlaneReport {
    private static final Next AT_ONCE = Next.after(Duration.ZERO, "the next step");

    private final Paces paces;
    private final ControlPlaneHealth health;

    ControlPlaneReport(Paces paces) {
        this.paces = paces;
        this.health = new ControlPlaneHealth(paces);
    }

    Report<ManagedControlPlaneStatus> of(
            Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass,
            ControlPlaneObservation seen,
            ControlPlaneDecision decision,
            Sent sent) {
        ManagedControlPlaneStatus status = ControlPlaneFacts.observed(pass.status(), seen, pass.uid());
        Conditions conditions = health.observed(pass.conditions().remove(Conditions.PAUSED), seen, status);
        return switch (decision) {
            case ControlPlaneDecision.Link link -> ControlPlanePhase.report(pass.status(), pass.conditions(), AT_ONCE);
            case ControlPlaneDecision.Pause(String message) ->
                ControlPlanePhase.report(
                        status,
                        conditions.setTrue(Conditions.PAUSED, "Paused", withRunning(message, status)),
                        Next.done());
            case ControlPlaneDecision.Wait(String reason, String message) ->
                ControlPlanePhase.report(
                        status,
                        deleting(pass, conditions, reason, message).reconciling(reason, message),
                        Next.after(paceOf(reason), reason));
            case ControlPlaneDecision.Follow(String message) -> following(pass, status, conditions, message);
            case ControlPlaneDecision.Intend intend ->
                ControlPlanePhase.report(
                        status.withId(ClusterAddress.of(pass.resource()).toString()),
                        conditions.reconciling("Creating", "the managed cluster is about to be created"),
                        AT_ONCE);
            case ControlPlaneDecision.CreateGroup create ->
                ControlPlanePhase.report(
                        status.withResourceGroupOwned(true),
                        conditions.reconciling("Creating", "the resource group is made"),
                        AT_ONCE);
            case ControlPlaneDecision.StoreKubeconfig store ->
                ControlPlanePhase.report(
                        status, conditions.reconciling("Creating", "the kubeconfig is stored"), AT_ONCE);
            case ControlPlaneDecision.Create create ->
                sent(pass, status, conditions, sent, "the managed cluster is created");
            case ControlPlaneDecision.Update(var wanted, String kind, String message) ->
                sent(pass, status, conditions, sent, message);
            case ControlPlaneDecision.Delete delete ->
                sent(pass, status, conditions, sent, "the managed cluster is deleted");
            case ControlPlaneDecision.DeleteGroup delete ->
                sent(pass, status, conditions, sent, "the resource group is deleted");
            case ControlPlaneDecision.Refuse(String reason, String message) ->
                ControlPlanePhase.report(
                        status,
                        upToDate(deleting(pass, conditions, reason, message), seen, reason, message)
                                .stalled(reason, message),
                        Next.done());
            case ControlPlaneDecision.Rest rest ->
                health.resting(
                        status,
                        conditions
                                .setTrue(Conditions.UP_TO_DATE, "UpToDate", "")
                                .remove(ControlPlaneHealth.ROLLING_OUT),
                        seen);
            case ControlPlaneDecision.Leave leave -> ControlPlanePhase.report(status, conditions, Next.cleaned());
            // Acting on it threw: the edge reports, not we.
            case ControlPlaneDecision.Fail fail -> ControlPlanePhase.report(status, conditions, Next.done());
        };
    }

    private Report<ManagedControlPlaneStatus> sent(
            Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass,
            ManagedControlPlaneStatus status,
            Conditions conditions,
            Sent sent,
            String message) {
        Conditions pending = conditions.setFalse(Conditions.UP_TO_DATE, "ChangePending", message);
        return switch (sent) {
            case Sent.Accepted(OperationRef operation) -> {
                String reason = OperationWords.reason(operation.kind());
                Conditions working = deleting(pass, pending, reason, message).reconciling(reason, message);
                yield ControlPlanePhase.report(
                        status.withOperation(operation),
                        operation.kind().equals("Upgrade")
                                ? working.setTrue(ControlPlaneHealth.ROLLING_OUT, "Upgrading", message)
                                : working,
                        Next.after(paces.operationPoll(), reason));
            }
            case Sent.InLine(String line) ->
                ControlPlanePhase.report(
                        status,
                        deleting(pass, pending, "WaitingForOperation", line).reconciling("WaitingForOperation", line),
                        Next.after(paces.line(), "WaitingForOperation"));
            case Sent.Unneeded unneeded ->
                ControlPlanePhase.report(status, conditions, Next.after(paces.operationPoll(), "nothing differs"));
            case Sent.Nothing nothing ->
                ControlPlanePhase.report(status, conditions, Next.after(paces.operationPoll(), "nothing was sent"));
        };
    }

    /** Ours shows as Reconciling; what others do to a cluster that is as we want it does not. */
    private Report<ManagedControlPlaneStatus> following(
            Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass,
            ManagedControlPlaneStatus status,
            Conditions conditions,
            String message) {
        Next next = Next.after(paces.operationPoll(), "an operation runs");
        OperationRef operation = status.operation();
        if (operation != null) {
            String reason = OperationWords.reason(operation.kind());
            String text = "the managed cluster: " + OperationWords.doing(operation.kind());
            return ControlPlanePhase.report(
                    status, deleting(pass, conditions, reason, text).reconciling(reason, text), next);
        }
        boolean settledBefore = pass.conditions().isTrue(Conditions.READY)
                && Long.valueOf(pass.generation()).equals(pass.status().observedGeneration())
                && !pass.conditions().isTrue(Conditions.RECONCILING);
        if (settledBefore && !pass.deleting()) {
            return ControlPlanePhase.report(
                    status, conditions.setTrue(ControlPlaneHealth.ROLLING_OUT, "OperationInProgress", message), next);
        }
        String reason = "Creating".equalsIgnoreCase(status.provisioningState()) ? "Creating" : "WaitingForOperation";
        return ControlPlanePhase.report(
                status, deleting(pass, conditions, reason, message).reconciling(reason, message), next);
    }

    private static Conditions deleting(
            Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass,
            Conditions conditions,
            String reason,
            String message) {
        return pass.deleting() ? conditions.setTrue(Conditions.DELETING, reason, message) : conditions;
    }

    private static Conditions upToDate(
            Conditions conditions, ControlPlaneObservation seen, String reason, String message) {
        return seen.sight() instanceof ClusterSight.Seen
                ? conditions.setFalse(Conditions.UP_TO_DATE, reason, message)
                : conditions;
    }

    private Duration paceOf(String reason) {
        return switch (reason) {
            case "WaitingForOperation", "WaitingForRoleAssignments", "WaitingForResourceGroup" -> paces.operationPoll();
            default -> paces.dependency();
        };
    }

    private static String withRunning(String message, ManagedControlPlaneStatus status) {
        OperationRef operation = status.operation();
        return operation == null ? message : message + "; the running " + operation.kind() + " in Azure goes on";
    }
}
