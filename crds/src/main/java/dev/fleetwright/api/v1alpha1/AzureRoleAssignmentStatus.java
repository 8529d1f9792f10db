package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far the role assignment is. */
@JsonClassDescription("How far the role assignment is.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AzureRoleAssignmentStatus(
        @JsonPropertyDescription("The metadata.generation that the conditions speak of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Ready, Reconciling, Stalled and what stands behind them; sorted by type.")
        List<Condition> conditions,

        @JsonPropertyDescription("The last errors that are not yet overcome, newest first; at most 5.") @Size(max = 5)
        List<ErrorRecord> lastErrors,

        @JsonPropertyDescription("For display only.") @Size(max = 32) @Nullable
        String phase,

        @JsonPropertyDescription("ARM id of the role assignment.") @Size(max = 1536) @Nullable
        String id)
        implements ConditionedStatus {
    public AzureRoleAssignmentStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        lastErrors = lastErrors == null ? List.of() : List.copyOf(lastErrors);
    }

    /** Nothing observed yet. */
    public static AzureRoleAssignmentStatus empty() {
        return new AzureRoleAssignmentStatus(null, List.of(), List.of(), null, null);
    }

    public AzureRoleAssignmentStatus withObservedGeneration(@Nullable Long observedGeneration) {
        return new AzureRoleAssignmentStatus(observedGeneration, conditions, lastErrors, phase, id);
    }

    public AzureRoleAssignmentStatus withConditions(List<Condition> conditions) {
        return new AzureRoleAssignmentStatus(observedGeneration, conditions, lastErrors, phase, id);
    }

    public AzureRoleAssignmentStatus withLastErrors(List<ErrorRecord> lastErrors) {
        return new AzureRoleAssignmentStatus(observedGeneration, conditions, lastErrors, phase, id);
    }

    public AzureRoleAssignmentStatus withPhase(@Nullable String phase) {
        return new AzureRoleAssignmentStatus(observedGeneration, conditions, lastErrors, phase, id);
    }

    public AzureRoleAssignmentStatus withId(@Nullable String id) {
        return new AzureRoleAssignmentStatus(observedGeneration, conditions, lastErrors, phase, id);
    }
}
