package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a cluster as a whole. */
@JsonClassDescription("What is known of a cluster as a whole.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ClusterStatus(
        @JsonPropertyDescription("The metadata.generation that the conditions speak of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Ready, Reconciling, Stalled and what stands behind them; sorted by type.")
        List<Condition> conditions,

        @JsonPropertyDescription("The last errors that are not yet overcome, newest first; at most 5.") @Size(max = 5)
        List<ErrorRecord> lastErrors,

        @JsonPropertyDescription("For display only: Pending, Provisioning, Provisioned, Deleting, Failed or Unknown.")
        @Size(max = 32)
        @Nullable
        String phase,

        @JsonPropertyDescription("Version the control plane runs.") @Size(max = 32) @Nullable
        String version,

        @JsonPropertyDescription("Azure region.") @Size(max = 64) @Nullable
        String location,

        @JsonPropertyDescription("Ready and wanted nodes of all pools, as 3/5.") @Size(max = 32) @Nullable
        String nodes,

        @JsonPropertyDescription("Cluster API contract: what has come into being once.") @Nullable
        Initialization initialization)
        implements ConditionedStatus {
    public ClusterStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        lastErrors = lastErrors == null ? List.of() : List.copyOf(lastErrors);
    }

    /** Nothing observed yet. */
    public static ClusterStatus empty() {
        return new ClusterStatus(null, List.of(), List.of(), null, null, null, null, null);
    }

    public ClusterStatus withObservedGeneration(@Nullable Long observedGeneration) {
        return new ClusterStatus(
                observedGeneration, conditions, lastErrors, phase, version, location, nodes, initialization);
    }

    public ClusterStatus withConditions(List<Condition> conditions) {
        return new ClusterStatus(
                observedGeneration, conditions, lastErrors, phase, version, location, nodes, initialization);
    }

    public ClusterStatus withLastErrors(List<ErrorRecord> lastErrors) {
        return new ClusterStatus(
                observedGeneration, conditions, lastErrors, phase, version, location, nodes, initialization);
    }

    public ClusterStatus withPhase(@Nullable String phase) {
        return new ClusterStatus(
                observedGeneration, conditions, lastErrors, phase, version, location, nodes, initialization);
    }

    public ClusterStatus withVersion(@Nullable String version) {
        return new ClusterStatus(
                observedGeneration, conditions, lastErrors, phase, version, location, nodes, initialization);
    }

    public ClusterStatus withLocation(@Nullable String location) {
        return new ClusterStatus(
                observedGeneration, conditions, lastErrors, phase, version, location, nodes, initialization);
    }

    public ClusterStatus withNodes(@Nullable String nodes) {
        return new ClusterStatus(
                observedGeneration, conditions, lastErrors, phase, version, location, nodes, initialization);
    }

    public ClusterStatus withInitialization(@Nullable Initialization initialization) {
        return new ClusterStatus(
                observedGeneration, conditions, lastErrors, phase, version, location, nodes, initialization);
    }

    /** What has come into being once; never goes back. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Initialization(
            @JsonPropertyDescription("True once the cluster was provisioned.") @Nullable
            Boolean provisioned) {}
}
