package dev.fleetwright.companion.autoscaler;

import dev.fleetwright.api.v1alpha1.AzureClusterAutoscaler;
import dev.fleetwright.api.v1alpha1.AzureClusterAutoscalerStatus;
import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.reconcile.Loop;
import dev.fleetwright.core.reconcile.Next;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.core.reconcile.Report;
import java.util.Map;

/** AzureClusterAutoscalers that are being deleted. */
final class WithdrawLoop
        implements Loop<
                AzureClusterAutoscaler,
                AzureClusterAutoscalerStatus,
                AutoscalerObservation,
                AutoscalerRemoval,
                AutoscalerRemoval> {
    private final AutoscalerReader reader;
    private final AppliedProfile profiles;

    WithdrawLoop(AutoscalerReader reader, AppliedProfile profiles) {
        this.reader = reader;
        this.profiles = profiles;
    }

    @Override
    public AutoscalerObservation observe(Pass<AzureClusterAutoscaler, AzureClusterAutoscalerStatus> pass) {
        return reader.observe(pass);
    }

    @Override
    public AutoscalerRemoval decide(
            Pass<AzureClusterAutoscaler, AzureClusterAutoscalerStatus> pass, AutoscalerObservation seen) {
        return AutoscalerRemoval.of(seen);
    }

    @Override
    public AutoscalerRemoval act(
            Pass<AzureClusterAutoscaler, AzureClusterAutoscalerStatus> pass,
            AutoscalerObservation seen,
            AutoscalerRemoval removal) {
        switch (removal) {
            case AutoscalerRemoval.Hold ignored -> {}
            case AutoscalerRemoval.Release() -> {}
            case AutoscalerRemoval.Withdraw() ->
                reader.controlPlane(pass.resource()).ifPresent(plane -> profiles.apply(plane, Map.of()));
        }
        return removal;
    }

    @Override
    public Report<AzureClusterAutoscalerStatus> report(
            Pass<AzureClusterAutoscaler, AzureClusterAutoscalerStatus> pass,
            AutoscalerObservation seen,
            AutoscalerRemoval removal,
            AutoscalerRemoval done) {
        return switch (removal) {
            case AutoscalerRemoval.Hold(String reason, String message) ->
                new Report<>(
                        pass.status().withPhase("Deleting"),
                        pass.conditions().setTrue(Conditions.DELETING, reason, message),
                        Next.done());
            case AutoscalerRemoval.Withdraw() -> new Report<>(pass.status(), pass.conditions(), Next.cleaned());
            case AutoscalerRemoval.Release() -> new Report<>(pass.status(), pass.conditions(), Next.cleaned());
        };
    }
}
