package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a pool of nodes. */
@JsonClassDescription("What is known of a pool of nodes.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NodepoolStatus(
        @JsonPropertyDescription("The metadata.generation that the conditions speak of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Ready, Reconciling, Stalled and what stands behind them; sorted by type.")
        List<Condition> conditions,

        @JsonPropertyDescription("The last errors that are not yet overcome, newest first; at most 5.") @Size(max = 5)
        List<ErrorRecord> lastErrors,

        @JsonPropertyDescription(
                "For display only: Pending, Provisioning, Running, Planning, Replacing, Draining, Soaking,"
                        + " RollingBack, Deleting, Failed, Unknown.")
        @Size(max = 32)
        @Nullable
        String phase,

        @JsonPropertyDescription("Ready and wanted nodes, as 3/5.") @Size(max = 32) @Nullable
        String nodes,

        @JsonPropertyDescription("Version the current pool runs.") @Size(max = 32) @Nullable
        String version,

        @JsonPropertyDescription("How far a replacement is, as 'drained 4/10 nodes, 37/80 pods'.")
        @Size(max = 128)
        @Nullable
        String progress,

        @JsonPropertyDescription("How many pools were made for this Nodepool so far; part of the next pool's name.")
        @Min(0)
        @Nullable
        Long templateGeneration,

        @JsonPropertyDescription("The MachinePool that serves.") @Nullable
        ObjectRef currentPool,

        @JsonPropertyDescription("The MachinePool that will serve, while a replacement runs.") @Nullable
        ObjectRef targetPool,

        @JsonPropertyDescription("The NodepoolReplacement that runs or ran last.") @Nullable
        ObjectRef replacement,

        @JsonPropertyDescription("Pods that cannot move now, and why.") @Size(max = 50)
        List<BlockedPod> blockedPods,

        @JsonPropertyDescription("Nodes that Azure reports for the pools of this Nodepool.") @StatusReplicas @Nullable
        Integer replicas)
        implements ConditionedStatus {
    public NodepoolStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        lastErrors = lastErrors == null ? List.of() : List.copyOf(lastErrors);
        blockedPods = blockedPods == null ? List.of() : List.copyOf(blockedPods);
    }

    /** Nothing observed yet. */
    public static NodepoolStatus empty() {
        return new NodepoolStatus(
                null, List.of(), List.of(), null, null, null, null, null, null, null, null, List.of(), null);
    }

    public NodepoolStatus withObservedGeneration(@Nullable Long observedGeneration) {
        return new NodepoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                nodes,
                version,
                progress,
                templateGeneration,
                currentPool,
                targetPool,
                replacement,
                blockedPods,
                replicas);
    }

    public NodepoolStatus withConditions(List<Condition> conditions) {
        return new NodepoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                nodes,
                version,
                progress,
                templateGeneration,
                currentPool,
                targetPool,
                replacement,
                blockedPods,
                replicas);
    }

    public NodepoolStatus withLastErrors(List<ErrorRecord> lastErrors) {
        return new NodepoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                nodes,
                version,
                progress,
                templateGeneration,
                currentPool,
                targetPool,
                replacement,
                blockedPods,
                replicas);
    }

    public NodepoolStatus withPhase(@Nullable String phase) {
        return new NodepoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                nodes,
                version,
                progress,
                templateGeneration,
                currentPool,
                targetPool,
                replacement,
                blockedPods,
                replicas);
    }

    public NodepoolStatus withNodes(@Nullable String nodes) {
        return new NodepoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                nodes,
                version,
                progress,
                templateGeneration,
                currentPool,
                targetPool,
                replacement,
                blockedPods,
                replicas);
    }

    public NodepoolStatus withVersion(@Nullable String version) {
        return new NodepoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                nodes,
                version,
                progress,
                templateGeneration,
                currentPool,
                targetPool,
                replacement,
                blockedPods,
                replicas);
    }

    public NodepoolStatus withProgress(@Nullable String progress) {
        return new NodepoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                nodes,
                version,
                progress,
                templateGeneration,
                currentPool,
                targetPool,
                replacement,
                blockedPods,
                replicas);
    }

    public NodepoolStatus withTemplateGeneration(@Nullable Long templateGeneration) {
        return new NodepoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                nodes,
                version,
                progress,
                templateGeneration,
                currentPool,
                targetPool,
                replacement,
                blockedPods,
                replicas);
    }

    public NodepoolStatus withCurrentPool(@Nullable ObjectRef currentPool) {
        return new NodepoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                nodes,
                version,
                progress,
                templateGeneration,
                currentPool,
                targetPool,
                replacement,
                blockedPods,
                replicas);
    }

    public NodepoolStatus withTargetPool(@Nullable ObjectRef targetPool) {
        return new NodepoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                nodes,
                version,
                progress,
                templateGeneration,
                currentPool,
                targetPool,
                replacement,
                blockedPods,
                replicas);
    }

    public NodepoolStatus withReplacement(@Nullable ObjectRef replacement) {
        return new NodepoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                nodes,
                version,
                progress,
                templateGeneration,
                currentPool,
                targetPool,
                replacement,
                blockedPods,
                replicas);
    }

    public NodepoolStatus withBlockedPods(List<BlockedPod> blockedPods) {
        return new NodepoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                nodes,
                version,
                progress,
                templateGeneration,
                currentPool,
                targetPool,
                replacement,
                blockedPods,
                replicas);
    }

    public NodepoolStatus withReplicas(@Nullable Integer replicas) {
        return new NodepoolStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                nodes,
                version,
                progress,
                templateGeneration,
                currentPool,
                targetPool,
                replacement,
                blockedPods,
                replicas);
    }
}
