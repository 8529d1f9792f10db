package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far one replacement is. */
@JsonClassDescription("How far one replacement is.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NodepoolReplacementStatus(
        @JsonPropertyDescription("The metadata.generation that the conditions speak of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Ready, Reconciling, Stalled and what stands behind them; sorted by type.")
        List<Condition> conditions,

        @JsonPropertyDescription("The last errors that are not yet overcome, newest first; at most 5.") @Size(max = 5)
        List<ErrorRecord> lastErrors,

        @JsonPropertyDescription(
                "Planning, FencingAutoscaler, CreatingTarget, WaitingForNodes, Repelling, Draining, BatchSoaking,"
                        + " FinalSoaking, DeletingSources, Unfencing, Completed, Superseded.")
        @Size(max = 32)
        @Nullable
        String phase,

        @JsonPropertyDescription("When the phase began; soaks are counted from here.") @Nullable
        Instant phaseStartedAt,

        @JsonPropertyDescription("When the replacement began.") @Nullable
        Instant startedAt,

        @JsonPropertyDescription("When it ended.") @Nullable Instant completedAt,

        @JsonPropertyDescription("Succeeded or Superseded; unset while it runs.") @Size(max = 32) @Nullable
        String result,

        @JsonPropertyDescription("Counts.") @Nullable Progress progress,

        @JsonPropertyDescription(
                "The nodes to drain, by full identity, in order. Nothing outside this list is ever touched.")
        @Size(max = 1000)
        List<PlannedNode> nodes,

        @JsonPropertyDescription("Evictions written down before they are sent.") @Size(max = 500)
        List<EvictionIntent> inFlight,

        @JsonPropertyDescription("Pods that cannot move now, and why.") @Size(max = 50)
        List<BlockedPod> blockedPods,

        @JsonPropertyDescription("Destructive steps, in order.") @Size(max = 200)
        List<JournalEntry> journal)
        implements ConditionedStatus {
    public NodepoolReplacementStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        lastErrors = lastErrors == null ? List.of() : List.copyOf(lastErrors);
        nodes = nodes == null ? List.of() : List.copyOf(nodes);
        inFlight = inFlight == null ? List.of() : List.copyOf(inFlight);
        blockedPods = blockedPods == null ? List.of() : List.copyOf(blockedPods);
        journal = journal == null ? List.of() : List.copyOf(journal);
    }

    /** Nothing observed yet. */
    public static NodepoolReplacementStatus empty() {
        return new NodepoolReplacementStatus(
                null, List.of(), List.of(), null, null, null, null, null, null, List.of(), List.of(), List.of(),
                List.of());
    }

    public NodepoolReplacementStatus withObservedGeneration(@Nullable Long observedGeneration) {
        return new NodepoolReplacementStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                phaseStartedAt,
                startedAt,
                completedAt,
                result,
                progress,
                nodes,
                inFlight,
                blockedPods,
                journal);
    }

    public NodepoolReplacementStatus withConditions(List<Condition> conditions) {
        return new NodepoolReplacementStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                phaseStartedAt,
                startedAt,
                completedAt,
                result,
                progress,
                nodes,
                inFlight,
                blockedPods,
                journal);
    }

    public NodepoolReplacementStatus withLastErrors(List<ErrorRecord> lastErrors) {
        return new NodepoolReplacementStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                phaseStartedAt,
                startedAt,
                completedAt,
                result,
                progress,
                nodes,
                inFlight,
                blockedPods,
                journal);
    }

    public NodepoolReplacementStatus withPhase(@Nullable String phase) {
        return new NodepoolReplacementStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                phaseStartedAt,
                startedAt,
                completedAt,
                result,
                progress,
                nodes,
                inFlight,
                blockedPods,
                journal);
    }

    public NodepoolReplacementStatus withPhaseStartedAt(@Nullable Instant phaseStartedAt) {
        return new NodepoolReplacementStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                phaseStartedAt,
                startedAt,
                completedAt,
                result,
                progress,
                nodes,
                inFlight,
                blockedPods,
                journal);
    }

    public NodepoolReplacementStatus withStartedAt(@Nullable Instant startedAt) {
        return new NodepoolReplacementStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                phaseStartedAt,
                startedAt,
                completedAt,
                result,
                progress,
                nodes,
                inFlight,
                blockedPods,
                journal);
    }

    public NodepoolReplacementStatus withCompletedAt(@Nullable Instant completedAt) {
        return new NodepoolReplacementStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                phaseStartedAt,
                startedAt,
                completedAt,
                result,
                progress,
                nodes,
                inFlight,
                blockedPods,
                journal);
    }

    public NodepoolReplacementStatus withResult(@Nullable String result) {
        return new NodepoolReplacementStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                phaseStartedAt,
                startedAt,
                completedAt,
                result,
                progress,
                nodes,
                inFlight,
                blockedPods,
                journal);
    }

    public NodepoolReplacementStatus withProgress(@Nullable Progress progress) {
        return new NodepoolReplacementStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                phaseStartedAt,
                startedAt,
                completedAt,
                result,
                progress,
                nodes,
                inFlight,
                blockedPods,
                journal);
    }

    public NodepoolReplacementStatus withNodes(List<PlannedNode> nodes) {
        return new NodepoolReplacementStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                phaseStartedAt,
                startedAt,
                completedAt,
                result,
                progress,
                nodes,
                inFlight,
                blockedPods,
                journal);
    }

    public NodepoolReplacementStatus withInFlight(List<EvictionIntent> inFlight) {
        return new NodepoolReplacementStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                phaseStartedAt,
                startedAt,
                completedAt,
                result,
                progress,
                nodes,
                inFlight,
                blockedPods,
                journal);
    }

    public NodepoolReplacementStatus withBlockedPods(List<BlockedPod> blockedPods) {
        return new NodepoolReplacementStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                phaseStartedAt,
                startedAt,
                completedAt,
                result,
                progress,
                nodes,
                inFlight,
                blockedPods,
                journal);
    }

    public NodepoolReplacementStatus withJournal(List<JournalEntry> journal) {
        return new NodepoolReplacementStatus(
                observedGeneration,
                conditions,
                lastErrors,
                phase,
                phaseStartedAt,
                startedAt,
                completedAt,
                result,
                progress,
                nodes,
                inFlight,
                blockedPods,
                journal);
    }

    /** Counts. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Progress(
            @JsonPropertyDescription("Drained and planned nodes, as 4/10.") @Size(max = 32) @Nullable
            String nodes,

            @JsonPropertyDescription("Moved and found pods, as 37/80.") @Size(max = 32) @Nullable
            String pods,

            @JsonPropertyDescription("Pods that cannot move now.") @Nullable
            Integer blocked,

            @JsonPropertyDescription("Batch in work, from 1.") @Nullable
            Integer batch,

            @JsonPropertyDescription("Pods evicted so far.") @Nullable
            Integer podsMoved,

            @JsonPropertyDescription("Answers 429 so far.") @Nullable
            Integer evictionsRefused) {}

    /** A node to drain, by full identity. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record PlannedNode(
            @JsonPropertyDescription("Name of the node.") @Required @Size(max = 253)
            String name,

            @JsonPropertyDescription("uid of the Node object.") @Required @Size(max = 64)
            String uid,

            @JsonPropertyDescription("Full provider id.") @Required @Size(max = 512)
            String providerID,

            @JsonPropertyDescription("Name of the MachinePool.") @Required @Size(max = 253)
            String pool,

            @JsonPropertyDescription("Batch, from 1.") @Nullable
            Integer batch,

            @JsonPropertyDescription("When a live list first found it empty; a second one later proves it.") @Nullable
            Instant emptySince,

            @JsonPropertyDescription("When it was found empty.") @Nullable
            Instant drainedAt) {}

    /** An eviction written down before it is sent. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record EvictionIntent(
            @JsonPropertyDescription("Namespace of the pod.") @Required @Size(max = 63)
            String namespace,

            @JsonPropertyDescription("Name of the pod.") @Required @Size(max = 253)
            String name,

            @JsonPropertyDescription("uid of the pod.") @Required @Size(max = 64)
            String uid,

            @JsonPropertyDescription("Node it runs on.") @Size(max = 253) @Nullable
            String node) {}

    /** One destructive step. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record JournalEntry(
            @JsonPropertyDescription("When.") @Nullable Instant at,

            @JsonPropertyDescription("Cordon, Drain, DeletePool, Uncordon ...") @Required @Size(max = 64)
            String action,

            @JsonPropertyDescription("What it was done to.") @Size(max = 512) @Nullable
            String target,

            @JsonPropertyDescription("uid of the target.") @Size(max = 64) @Nullable
            String uid,

            @JsonPropertyDescription("More.") @Size(max = 1024) @Nullable
            String message) {}
}
