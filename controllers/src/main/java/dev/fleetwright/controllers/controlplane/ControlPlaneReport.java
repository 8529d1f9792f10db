package dev.fleetwright.controllers.controlplane;

import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneStatus;
import dev.fleetwright.controllers.azureaccess.ClusterAddress;
import dev.fleetwright.controllers.azureaccess.Paces;
import dev.fleetwright.controllers.azureaccess.Progress;
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
        Conditions conditions = health.observed(
                pass.conditions().remove(Conditions.PAUSED),
                seen,
                status,
                pass.resource().getSpec());
        return switch (decision) {
            case ControlPlaneDecision.Link link -> ControlPlanePhase.report(pass.status(), pass.conditions(), AT_ONCE);
            case ControlPlaneDecision.Pause(String message) ->
                ControlPlanePhase.report(
                        status,
                        conditions.setTrue(Conditions.PAUSED, "Paused", Progress.paused(message, status.operation())),
                        Next.done());
            case ControlPlaneDecision.Wait(String reason, String message) ->
                ControlPlanePhase.report(
                        status, Progress.waiting(pass, conditions, reason, message), Progress.again(reason, paces));
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
                        upToDate(Progress.deleting(pass, conditions, reason, message), seen, reason, message)
                                .stalled(reason, message),
                        Next.done());
            case ControlPlaneDecision.Rest rest ->
                health.resting(
                        status,
                        conditions
                                .setTrue(Conditions.UP_TO_DATE, "UpToDate", "")
                                .remove(Progress.ROLLING_OUT),
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
        Progress progress = Progress.sent(pass, conditions, sent, message, paces);
        boolean upgrading = progress.operation()
                .filter(operation -> operation.kind().equals("Upgrade"))
                .isPresent();
        return ControlPlanePhase.report(
                progress.operation().map(status::withOperation).orElse(status),
                upgrading
                        ? progress.conditions().setTrue(Progress.ROLLING_OUT, "Upgrading", message)
                        : progress.conditions(),
                progress.next());
    }

    private Report<ManagedControlPlaneStatus> following(
            Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass,
            ManagedControlPlaneStatus status,
            Conditions conditions,
            String message) {
        Progress progress = Progress.following(
                pass,
                conditions,
                status.operation(),
                pass.status().observedGeneration(),
                status.provisioningState(),
                "the managed cluster",
                message,
                paces);
        return ControlPlanePhase.report(status, progress.conditions(), progress.next());
    }

    private static Conditions upToDate(
            Conditions conditions, ControlPlaneObservation seen, String reason, String message) {
        return seen.sight() instanceof ClusterSight.Seen
                ? conditions.setFalse(Conditions.UP_TO_DATE, reason, message)
                : conditions;
    }
}
