package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far the profile is. */
@JsonClassDescription("How far the profile is.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AzureClusterAutoscalerStatus(
        @JsonPropertyDescription("The metadata.generation that the conditions speak of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Ready, Reconciling, Stalled and what stands behind them; sorted by type.")
        List<Condition> conditions,

        @JsonPropertyDescription("The last errors that are not yet overcome, newest first; at most 5.") @Size(max = 5)
        List<ErrorRecord> lastErrors,

        @JsonPropertyDescription("For display only.") @Size(max = 32) @Nullable
        String phase)
        implements ConditionedStatus {
    public AzureClusterAutoscalerStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        lastErrors = lastErrors == null ? List.of() : List.copyOf(lastErrors);
    }

    /** Nothing observed yet. */
    public static AzureClusterAutoscalerStatus empty() {
        return new AzureClusterAutoscalerStatus(null, List.of(), List.of(), null);
    }

    public AzureClusterAutoscalerStatus withObservedGeneration(@Nullable Long observedGeneration) {
        return new AzureClusterAutoscalerStatus(observedGeneration, conditions, lastErrors, phase);
    }

    public AzureClusterAutoscalerStatus withConditions(List<Condition> conditions) {
        return new AzureClusterAutoscalerStatus(observedGeneration, conditions, lastErrors, phase);
    }

    public AzureClusterAutoscalerStatus withLastErrors(List<ErrorRecord> lastErrors) {
        return new AzureClusterAutoscalerStatus(observedGeneration, conditions, lastErrors, phase);
    }

    public AzureClusterAutoscalerStatus withPhase(@Nullable String phase) {
        return new AzureClusterAutoscalerStatus(observedGeneration, conditions, lastErrors, phase);
    }
}
