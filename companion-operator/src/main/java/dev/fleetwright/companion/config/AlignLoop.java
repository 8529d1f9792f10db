package dev.fleetwright.companion.config;

import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfig;
import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfigStatus;
import dev.fleetwright.companion.config.SectionState.Progress;
import dev.fleetwright.core.condition.ConditionStatus;
import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.reconcile.Loop;
import dev.fleetwright.core.reconcile.Next;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.core.reconcile.Report;
import java.util.List;

/** AzureClusterAdditionalConfigs that live. */
final class AlignLoop
        implements Loop<
                AzureClusterAdditionalConfig,
                AzureClusterAdditionalConfigStatus,
                ConfigObservation,
                ConfigDecision,
                ConfigDecision> {
    private final ConfigReader reader;
    private final Children children;

    AlignLoop(ConfigReader reader, Children children) {
        this.reader = reader;
        this.children = children;
    }

    @Override
    public ConfigObservation observe(Pass<AzureClusterAdditionalConfig, AzureClusterAdditionalConfigStatus> pass) {
        return reader.observe(pass);
    }

    @Override
    public ConfigDecision decide(
            Pass<AzureClusterAdditionalConfig, AzureClusterAdditionalConfigStatus> pass, ConfigObservation seen) {
        return ConfigDecision.of(seen);
    }

    @Override
    public ConfigDecision act(
            Pass<AzureClusterAdditionalConfig, AzureClusterAdditionalConfigStatus> pass,
            ConfigObservation seen,
            ConfigDecision decision) {
        switch (decision) {
            case ConfigDecision.Pause ignored -> {}
            case ConfigDecision.Wait ignored -> {}
            case ConfigDecision.Retire() -> children.delete(new Child(pass.resource()));
            case ConfigDecision.Align(var apply, var delete, var ignored) -> {
                apply.forEach(children::apply);
                delete.forEach(children::delete);
            }
        }
        return decision;
    }

    @Override
    public Report<AzureClusterAdditionalConfigStatus> report(
            Pass<AzureClusterAdditionalConfig, AzureClusterAdditionalConfigStatus> pass,
            ConfigObservation seen,
            ConfigDecision decision,
            ConfigDecision done) {
        var conditions = pass.conditions().remove(Conditions.PAUSED);
        // Children wake this object when they change, so nothing is polled.
        return switch (decision) {
            case ConfigDecision.Pause(String why) ->
                new Report<>(pass.status(), conditions.setTrue(Conditions.PAUSED, "Paused", why), Next.done());
            case ConfigDecision.Retire() ->
                new Report<>(
                        pass.status(), conditions.reconciling("Deleting", "the Cluster is being deleted"), Next.done());
            case ConfigDecision.Wait(String reason, String message) ->
                new Report<>(pass.status().withPhase("Pending"), conditions.reconciling(reason, message), Next.done());
            case ConfigDecision.Align(var ignoredApply, var ignoredDelete, var progress) ->
                summary(pass.status(), conditions, progress);
        };
    }

    private Report<AzureClusterAdditionalConfigStatus> summary(
            AzureClusterAdditionalConfigStatus status, Conditions before, List<Progress> progress) {
        var conditions = before;
        var used = progress.stream().map(Progress::conditionType).toList();
        for (Section section : reader.sections()) {
            conditions =
                    used.contains(section.conditionType()) ? conditions : conditions.remove(section.conditionType());
        }
        for (Progress part : progress) {
            conditions = conditions.set(part.conditionType(), part.status(), part.reason(), part.message());
        }
        var stalled = progress.stream().filter(Progress::stalled).findFirst();
        if (stalled.isPresent()) {
            return report(
                    status,
                    "Failed",
                    conditions.stalled(stalled.get().reason(), stalled.get().message()));
        }
        var unready = progress.stream()
                .filter(part -> part.status() != ConditionStatus.TRUE)
                .findFirst();
        if (unready.isPresent()) {
            return report(
                    status,
                    "Applying",
                    conditions
                            .setFalse(
                                    Conditions.UP_TO_DATE,
                                    "ChangePending",
                                    unready.get().message())
                            .reconciling(unready.get().reason(), unready.get().message()));
        }
        var message = progress.isEmpty() ? "nothing is asked for" : "all sections are in force";
        return report(
                status,
                "Applied",
                conditions.ready("Healthy", message).setTrue(Conditions.UP_TO_DATE, "Healthy", message));
    }

    private static Report<AzureClusterAdditionalConfigStatus> report(
            AzureClusterAdditionalConfigStatus status, String phase, Conditions conditions) {
        return new Report<>(status.withPhase(phase), conditions, Next.done());
    }
}
