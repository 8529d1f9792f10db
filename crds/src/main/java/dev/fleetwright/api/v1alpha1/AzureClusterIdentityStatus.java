package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions of the identity as its users see them. */
@JsonClassDescription("Conditions of the identity as its users see them.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AzureClusterIdentityStatus(
        @JsonPropertyDescription("The metadata.generation that the conditions speak of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Ready, Reconciling, Stalled and what stands behind them; sorted by type.")
        List<Condition> conditions,

        @JsonPropertyDescription("The last errors that are not yet overcome, newest first; at most 5.") @Size(max = 5)
        List<ErrorRecord> lastErrors)
        implements ConditionedStatus {
    public AzureClusterIdentityStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        lastErrors = lastErrors == null ? List.of() : List.copyOf(lastErrors);
    }

    /** Nothing observed yet. */
    public static AzureClusterIdentityStatus empty() {
        return new AzureClusterIdentityStatus(null, List.of(), List.of());
    }

    public AzureClusterIdentityStatus withObservedGeneration(@Nullable Long observedGeneration) {
        return new AzureClusterIdentityStatus(observedGeneration, conditions, lastErrors);
    }

    public AzureClusterIdentityStatus withConditions(List<Condition> conditions) {
        return new AzureClusterIdentityStatus(observedGeneration, conditions, lastErrors);
    }

    public AzureClusterIdentityStatus withLastErrors(List<ErrorRecord> lastErrors) {
        return new AzureClusterIdentityStatus(observedGeneration, conditions, lastErrors);
    }
}
