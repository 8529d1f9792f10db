package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import org.jspecify.annotations.Nullable;

/** How a replacement goes about. Durations are written as 90s, 10m, 1h. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ReplacementPolicy(
        @JsonPropertyDescription("Nodes drained at once, as a number or a percentage of the old pool; at least one.")
        @Default("25%")
        @Pattern("^[1-9][0-9]*%?$")
        @Nullable
        String batchSize,

        @JsonPropertyDescription("Quiet time after each batch.") @Default("0s") @Pattern("^([0-9]+(s|m|h))+$") @Nullable
        String batchSoak,

        @JsonPropertyDescription(
                "How long the drained, cordoned nodes are kept before they are deleted; a rollback is instant until"
                        + " then.")
        @Default("1m")
        @Pattern("^([0-9]+(s|m|h))+$")
        @Nullable
        String finalSoak,

        @JsonPropertyDescription("How pods are moved.") @Nullable
        Drain drain) {

    /** How pods are moved. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Drain(
            @JsonPropertyDescription("How long one pod may refuse to move before onDeadline applies.")
            @Default("1h")
            @Pattern("^([0-9]+(s|m|h))+$")
            @Nullable
            String podDeadline,

            @JsonPropertyDescription(
                    "Wait: report Stalled and keep trying. Delete: delete the pod with its own grace period (at least"
                            + " 1 s), past its PodDisruptionBudget.")
            @Default("Wait")
            @Pattern("^(Wait|Delete)$")
            @Nullable
            String onDeadline,

            @JsonPropertyDescription(
                    "How many pods of one owner that has no PodDisruptionBudget may be on their way at once.")
            @Default("25%")
            @Pattern("^[1-9][0-9]*%?$")
            @Nullable
            String maxUnavailableWithoutBudget,

            @JsonPropertyDescription(
                    "How long an owner may take to be ready again after its pods were moved before the replacement"
                            + " stops taking further pods of it.")
            @Default("10m")
            @Pattern("^([0-9]+(s|m|h))+$")
            @Nullable
            String settleTimeout) {}
}
