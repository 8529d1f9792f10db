package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far the sections are. */
@JsonClassDescription("How far the sections are.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AzureClusterAdditionalConfigStatus(
        @JsonPropertyDescription("The metadata.generation that the conditions speak of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Ready, Reconciling, Stalled and what stands behind them; sorted by type.")
        List<Condition> conditions,

        @JsonPropertyDescription("The last errors that are not yet overcome, newest first; at most 5.") @Size(max = 5)
        List<ErrorRecord> lastErrors,

        @JsonPropertyDescription("For display only.") @Size(max = 32) @Nullable
        String phase)
        implements ConditionedStatus {
    public AzureClusterAdditionalConfigStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        lastErrors = lastErrors == null ? List.of() : List.copyOf(lastErrors);
    }

    /** Nothing observed yet. */
    public static AzureClusterAdditionalConfigStatus empty() {
        return new AzureClusterAdditionalConfigStatus(null, List.of(), List.of(), null);
    }

    public AzureClusterAdditionalConfigStatus withObservedGeneration(@Nullable Long observedGeneration) {
        return new AzureClusterAdditionalConfigStatus(observedGeneration, conditions, lastErrors, phase);
    }

    public AzureClusterAdditionalConfigStatus withConditions(List<Condition> conditions) {
        return new AzureClusterAdditionalConfigStatus(observedGeneration, conditions, lastErrors, phase);
    }

    public AzureClusterAdditionalConfigStatus withLastErrors(List<ErrorRecord> lastErrors) {
        return new AzureClusterAdditionalConfigStatus(observedGeneration, conditions, lastErrors, phase);
    }

    public AzureClusterAdditionalConfigStatus withPhase(@Nullable String phase) {
        return new AzureClusterAdditionalConfigStatus(observedGeneration, conditions, lastErrors, phase);
    }
}
