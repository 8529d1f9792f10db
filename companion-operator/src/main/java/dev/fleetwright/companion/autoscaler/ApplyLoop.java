package dev.fleetwright.companion.autoscaler;

import dev.fleetwright.api.v1alpha1.AzureClusterAutoscaler;
import dev.fleetwright.api.v1alpha1.AzureClusterAutoscalerStatus;
import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.reconcile.Loop;
import dev.fleetwright.core.reconcile.Next;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.core.reconcile.Report;
import io.fabric8.kubernetes.client.KubernetesClient;

/** AzureClusterAutoscalers that live. */
final class ApplyLoop
        implements Loop<
                AzureClusterAutoscaler,
                AzureClusterAutoscalerStatus,
                AutoscalerObservation,
                AutoscalerDecision,
                AutoscalerDecision> {
    private final AutoscalerReader reader;
    private final AppliedProfile profiles;
    private final KubernetesClient client;

    ApplyLoop(AutoscalerReader reader, AppliedProfile profiles, KubernetesClient client) {
        this.reader = reader;
        this.profiles = profiles;
        this.client = client;
    }

    @Override
    public AutoscalerObservation observe(Pass<AzureClusterAutoscaler, AzureClusterAutoscalerStatus> pass) {
        return reader.observe(pass);
    }

    @Override
    public AutoscalerDecision decide(
            Pass<AzureClusterAutoscaler, AzureClusterAutoscalerStatus> pass, AutoscalerObservation seen) {
        return AutoscalerDecision.of(seen);
    }

    @Override
    public AutoscalerDecision act(
            Pass<AzureClusterAutoscaler, AzureClusterAutoscalerStatus> pass,
            AutoscalerObservation seen,
            AutoscalerDecision decision) {
        switch (decision) {
            case AutoscalerDecision.Pause ignored -> {}
            case AutoscalerDecision.Wait ignored -> {}
            case AutoscalerDecision.Yield ignored -> {}
            case AutoscalerDecision.Keep() -> {}
            case AutoscalerDecision.Retire() -> client.resource(pass.resource()).delete();
            case AutoscalerDecision.Apply(var profile) ->
                reader.controlPlane(pass.resource()).ifPresent(plane -> profiles.apply(plane, profile));
        }
        return decision;
    }

    @Override
    public Report<AzureClusterAutoscalerStatus> report(
            Pass<AzureClusterAutoscaler, AzureClusterAutoscalerStatus> pass,
            AutoscalerObservation seen,
            AutoscalerDecision decision,
            AutoscalerDecision done) {
        var conditions = pass.conditions().remove(Conditions.PAUSED);
        // The ManagedControlPlane wakes this object when it changes, so nothing is polled.
        return switch (decision) {
            case AutoscalerDecision.Pause(String why) ->
                new Report<>(pass.status(), conditions.setTrue(Conditions.PAUSED, "Paused", why), Next.done());
            case AutoscalerDecision.Retire() ->
                new Report<>(
                        pass.status(), conditions.reconciling("Deleting", "the Cluster is being deleted"), Next.done());
            case AutoscalerDecision.Wait(String reason, String message) ->
                report(pass, "Pending", conditions.reconciling(reason, message));
            case AutoscalerDecision.Yield(String senior) ->
                report(
                        pass,
                        "Failed",
                        conditions.stalled(
                                "DuplicateAutoscaler",
                                "AzureClusterAutoscaler " + senior + " already says what the profile is; delete one"));
            case AutoscalerDecision.Apply ignored ->
                report(
                        pass,
                        "Applying",
                        conditions.reconciling("Updating", "the profile is written to the ManagedControlPlane"));
            case AutoscalerDecision.Keep() -> {
                var message = seen.wanted().size() + " settings are in force";
                yield report(
                        pass,
                        "Applied",
                        conditions.ready("Healthy", message).setTrue(Conditions.UP_TO_DATE, "Healthy", message));
            }
        };
    }

    private static Report<AzureClusterAutoscalerStatus> report(
            Pass<AzureClusterAutoscaler, AzureClusterAutoscalerStatus> pass, String phase, Conditions conditions) {
        return new Report<>(pass.status().withPhase(phase), conditions, Next.done());
    }
}
