package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one AKS agent pool. */
@JsonClassDescription("What is known of one AKS agent pool.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MachinePoolStatus(
        @JsonPropertyDescription("The metadata.generation that the conditions speak of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Ready, Reconciling, Stalled and what stands behind them; sorted by type.")
        List<Condition> conditions,

        @JsonPropertyDescription("The last errors that are not yet overcome, newest first; at most 5.") @Size(max = 5)
        List<ErrorRecord> lastErrors,

        @JsonPropertyDescription("For display only.") @Size(max = 32) @Nullable
        String phase,

        @JsonPropertyDescription("ARM id of the agent pool.") @Size(max = 512) @Nullable
        String id,

        @JsonPropertyDescription("What Azure last reported, as Azure spells it.") @Size(max = 64) @Nullable
        String provisioningState,

        @JsonPropertyDescription("Version the nodes run, as Azure reports it.") @Size(max = 32) @Nullable
        String version,

        @JsonPropertyDescription("Node image.") @Size(max = 128) @Nullable
        String nodeImageVersion,

        @JsonPropertyDescription("Nodes that Azure reports.") @StatusReplicas @Nullable
        Integer replicas,

        @JsonPropertyDescription("Nodes of this pool that are Ready in the cluster; unset while unknown.") @Nullable
        Integer readyReplicas,

        @JsonPropertyDescription("ARM id of the scale set behind the pool.") @Size(max = 512) @Nullable
        String scaleSetID,

        @JsonPropertyDescription("Provider ids of every machine of the pool, as Azure lists them; sorted.")
        @Size(max = 1000)
        List<String> providerIDList,

        @JsonPropertyDescription("ETag of the pool as last read.") @Size(max = 256) @Nullable
        String eTag,

        @JsonPropertyDescription("The operation of ours that runs, if any.") @Nullable
        OperationRef operation,

        @JsonPropertyDescription("Cluster API contract: what has come into being once.") @Nullable
        Initialization initialization)
        implements ConditionedStatus {
    public MachinePoolStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        lastErrors = lastErrors == null ? List.of() : List.copyOf(lastErrors);
        providerIDList = providerIDList == null ? List.of() : List.copyOf(providerIDList);
    }

    /** Nothing observed yet. */
    public static MachinePoolStatus empty() {
        return new MachinePoolStatus(
                null, List.of(), List.of(), null, null, null, null, null, null, null, null, List.of(), null, null,
                null);
    }

    public MachinePoolStatus withObservedGeneration(@Nullable Long observedGeneration) {
        return new MachinePoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                nodeImageVersion,
                replicas,
                readyReplicas,
                scaleSetID,
                providerIDList,
                eTag,
                operation,
                initialization);
    }

    public MachinePoolStatus withConditions(List<Condition> conditions) {
        return new MachinePoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                nodeImageVersion,
                replicas,
                readyReplicas,
                scaleSetID,
                providerIDList,
                eTag,
                operation,
                initialization);
    }

    public MachinePoolStatus withLastErrors(List<ErrorRecord> lastErrors) {
        return new MachinePoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                nodeImageVersion,
                replicas,
                readyReplicas,
                scaleSetID,
                providerIDList,
                eTag,
                operation,
                initialization);
    }

    public MachinePoolStatus withPhase(@Nullable String phase) {
        return new MachinePoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                nodeImageVersion,
                replicas,
                readyReplicas,
                scaleSetID,
                providerIDList,
                eTag,
                operation,
                initialization);
    }

    public MachinePoolStatus withId(@Nullable String id) {
        return new MachinePoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                nodeImageVersion,
                replicas,
                readyReplicas,
                scaleSetID,
                providerIDList,
                eTag,
                operation,
                initialization);
    }

    public MachinePoolStatus withProvisioningState(@Nullable String provisioningState) {
        return new MachinePoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                nodeImageVersion,
                replicas,
                readyReplicas,
                scaleSetID,
                providerIDList,
                eTag,
                operation,
                initialization);
    }

    public MachinePoolStatus withVersion(@Nullable String version) {
        return new MachinePoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                nodeImageVersion,
                replicas,
                readyReplicas,
                scaleSetID,
                providerIDList,
                eTag,
                operation,
                initialization);
    }

    public MachinePoolStatus withNodeImageVersion(@Nullable String nodeImageVersion) {
        return new MachinePoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                nodeImageVersion,
                replicas,
                readyReplicas,
                scaleSetID,
                providerIDList,
                eTag,
                operation,
                initialization);
    }

    public MachinePoolStatus withReplicas(@Nullable Integer replicas) {
        return new MachinePoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                nodeImageVersion,
                replicas,
                readyReplicas,
                scaleSetID,
                providerIDList,
                eTag,
                operation,
                initialization);
    }

    public MachinePoolStatus withReadyReplicas(@Nullable Integer readyReplicas) {
        return new MachinePoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                nodeImageVersion,
                replicas,
                readyReplicas,
                scaleSetID,
                providerIDList,
                eTag,
                operation,
                initialization);
    }

    public MachinePoolStatus withScaleSetID(@Nullable String scaleSetID) {
        return new MachinePoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                nodeImageVersion,
                replicas,
                readyReplicas,
                scaleSetID,
                providerIDList,
                eTag,
                operation,
                initialization);
    }

    public MachinePoolStatus withProviderIDList(List<String> providerIDList) {
        return new MachinePoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                nodeImageVersion,
                replicas,
                readyReplicas,
                scaleSetID,
                providerIDList,
                eTag,
                operation,
                initialization);
    }

    public MachinePoolStatus withETag(@Nullable String eTag) {
        return new MachinePoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                nodeImageVersion,
                replicas,
                readyReplicas,
                scaleSetID,
                providerIDList,
                eTag,
                operation,
                initialization);
    }

    public MachinePoolStatus withOperation(@Nullable OperationRef operation) {
        return new MachinePoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                nodeImageVersion,
                replicas,
                readyReplicas,
                scaleSetID,
                providerIDList,
                eTag,
                operation,
                initialization);
    }

    public MachinePoolStatus withInitialization(@Nullable Initialization initialization) {
        return new MachinePoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                id,
                provisioningState,
                version,
                nodeImageVersion,
                replicas,
                readyReplicas,
                scaleSetID,
                providerIDList,
                eTag,
                operation,
                initialization);
    }

    /** What has come into being once; never goes back. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Initialization(
            @JsonPropertyDescription("True once the pool was provisioned.") @Nullable
            Boolean provisioned) {}
}
