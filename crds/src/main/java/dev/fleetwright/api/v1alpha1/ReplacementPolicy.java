package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fleetwright.api.Durations;
import dev.fleetwright.api.Share;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a replacement goes about. Durations are written as 90s, 10m, 1h. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ReplacementPolicy(
        @JsonPropertyDescription("Nodes drained at once, as a number or a percentage of the old pool; at least one.")
        @Default(BATCH_SIZE)
        @Pattern(Share.PATTERN)
        @Size(max = 7)
        @Nullable
        String batchSize,

        @JsonPropertyDescription("Quiet time after each batch.")
        @Default(BATCH_SOAK)
        @Pattern(Durations.PATTERN)
        @Size(max = 32)
        @Nullable
        String batchSoak,

        @JsonPropertyDescription(
                "How long the drained, cordoned nodes are kept before they are deleted; a rollback is instant until"
                        + " then.")
        @Default(FINAL_SOAK)
        @Pattern(Durations.PATTERN)
        @Size(max = 32)
        @Nullable
        String finalSoak,

        @JsonPropertyDescription("How pods are moved.") @Nullable
        Drain drain) {
    private static final String BATCH_SIZE = "25%";
    private static final String BATCH_SOAK = "0s";
    private static final String FINAL_SOAK = "1m";
    private static final String POD_DEADLINE = "1h";
    private static final String ON_DEADLINE = "Wait";
    private static final String MAX_UNAVAILABLE = "25%";
    private static final String SETTLE_TIMEOUT = "10m";

    /**
     * The policy with every default in place, parsed; the same defaults that the schema has.
     *
     * @throws IllegalArgumentException when a value does not fit the schema
     */
    public static Resolved resolve(@Nullable ReplacementPolicy policy) {
        ReplacementPolicy given = policy == null ? new ReplacementPolicy(null, null, null, null) : policy;
        Drain drain = given.drain == null ? new Drain(null, null, null, null) : given.drain;
        return new Resolved(
                Share.parse(or(given.batchSize, BATCH_SIZE)),
                Durations.parse(or(given.batchSoak, BATCH_SOAK)),
                Durations.parse(or(given.finalSoak, FINAL_SOAK)),
                Durations.parse(or(drain.podDeadline, POD_DEADLINE)),
                or(drain.onDeadline, ON_DEADLINE).equals("Delete"),
                Share.parse(or(drain.maxUnavailableWithoutBudget, MAX_UNAVAILABLE)),
                Durations.parse(or(drain.settleTimeout, SETTLE_TIMEOUT)));
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null || value.isEmpty() ? otherwise : value;
    }

    /**
     * A policy with no field left open.
     *
     * @param batchSize nodes drained at once
     * @param batchSoak quiet time after each batch
     * @param finalSoak how long drained nodes are kept before they are deleted
     * @param podDeadline how long one pod may refuse to move
     * @param deleteOnDeadline true: the pod is then deleted past its budget; false: it is waited for
     * @param maxUnavailableWithoutBudget pods of one owner without a budget that may be on their way at once
     * @param settleTimeout how long an owner may take to be ready again
     */
    public record Resolved(
            Share batchSize,
            Duration batchSoak,
            Duration finalSoak,
            Duration podDeadline,
            boolean deleteOnDeadline,
            Share maxUnavailableWithoutBudget,
            Duration settleTimeout) {}

    /** How pods are moved. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Drain(
            @JsonPropertyDescription("How long one pod may refuse to move before onDeadline applies.")
            @Default(POD_DEADLINE)
            @Pattern(Durations.PATTERN)
            @Size(max = 32)
            @Nullable
            String podDeadline,

            @JsonPropertyDescription(
                    "Wait: report Stalled and keep trying. Delete: delete the pod with its own grace period (at least"
                            + " 1 s), past its PodDisruptionBudget.")
            @Default(ON_DEADLINE)
            @Pattern("^(Wait|Delete)$")
            @Nullable
            String onDeadline,

            @JsonPropertyDescription(
                    "How many pods of one owner that has no PodDisruptionBudget may be on their way at once.")
            @Default(MAX_UNAVAILABLE)
            @Pattern(Share.PATTERN)
            @Size(max = 7)
            @Nullable
            String maxUnavailableWithoutBudget,

            @JsonPropertyDescription(
                    "How long an owner may take to be ready again after its pods were moved before the replacement"
                            + " stops taking further pods of it.")
            @Default(SETTLE_TIMEOUT)
            @Pattern(Durations.PATTERN)
            @Size(max = 32)
            @Nullable
            String settleTimeout) {}
}
