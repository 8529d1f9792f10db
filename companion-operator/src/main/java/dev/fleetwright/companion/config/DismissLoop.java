package dev.fleetwright.companion.config;

import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfig;
import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfigStatus;
import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.reconcile.Loop;
import dev.fleetwright.core.reconcile.Next;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.core.reconcile.Report;

/** AzureClusterAdditionalConfigs that are being deleted. */
final class DismissLoop
        implements Loop<
                AzureClusterAdditionalConfig,
                AzureClusterAdditionalConfigStatus,
                ConfigObservation,
                ConfigRemoval,
                ConfigRemoval> {
    private final ConfigReader reader;
    private final Children children;

    DismissLoop(ConfigReader reader, Children children) {
        this.reader = reader;
        this.children = children;
    }

    @Override
    public ConfigObservation observe(Pass<AzureClusterAdditionalConfig, AzureClusterAdditionalConfigStatus> pass) {
        return reader.observe(pass);
    }

    @Override
    public ConfigRemoval decide(
            Pass<AzureClusterAdditionalConfig, AzureClusterAdditionalConfigStatus> pass, ConfigObservation seen) {
        return ConfigRemoval.of(seen);
    }

    @Override
    public ConfigRemoval act(
            Pass<AzureClusterAdditionalConfig, AzureClusterAdditionalConfigStatus> pass,
            ConfigObservation seen,
            ConfigRemoval removal) {
        switch (removal) {
            case ConfigRemoval.Hold ignored -> {}
            case ConfigRemoval.Release() -> {}
            case ConfigRemoval.Delete(var staying, var ignored) -> staying.forEach(children::delete);
        }
        return removal;
    }

    @Override
    public Report<AzureClusterAdditionalConfigStatus> report(
            Pass<AzureClusterAdditionalConfig, AzureClusterAdditionalConfigStatus> pass,
            ConfigObservation seen,
            ConfigRemoval removal,
            ConfigRemoval done) {
        var status = pass.status().withPhase("Deleting");
        return switch (removal) {
            case ConfigRemoval.Hold(String reason, String message) ->
                new Report<>(status, pass.conditions().setTrue(Conditions.DELETING, reason, message), Next.done());
            case ConfigRemoval.Delete(var ignored, String message) ->
                new Report<>(
                        status,
                        pass.conditions().setTrue(Conditions.DELETING, "WaitingForChildren", message),
                        Next.done());
            case ConfigRemoval.Release() -> new Report<>(status, pass.conditions(), Next.cleaned());
        };
    }
}
