package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import org.jspecify.annotations.Nullable;

/** Settings of the cluster autoscaler, one set per cluster. Keys that are not set are left to Azure. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AutoscalerProfile(
        @JsonPropertyDescription("Keep similar pools at the same size.") @Nullable
        Boolean balanceSimilarNodeGroups,

        @JsonPropertyDescription("How a pool to grow is chosen.")
        @Pattern("^(random|least-waste|most-pods|priority)$")
        @Nullable
        String expander,

        @JsonPropertyDescription("Empty nodes deleted at once.") @Min(1) @Nullable
        Integer maxEmptyBulkDelete,

        @JsonPropertyDescription("Seconds granted to pods at scale-down.") @Min(0) @Nullable
        Integer maxGracefulTerminationSec,

        @JsonPropertyDescription("Minutes until a node counts as failed, as 15m.") @Pattern("^[0-9]+m$") @Nullable
        String maxNodeProvisionTime,

        @JsonPropertyDescription("Percentage of unready nodes at which the autoscaler halts.")
        @Min(0)
        @Max(100)
        @Nullable
        Integer maxTotalUnreadyPercentage,

        @JsonPropertyDescription("Pods younger than this are ignored.") @Pattern("^[0-9]+(s|m)$") @Nullable
        String newPodScaleUpDelay,

        @JsonPropertyDescription("Unready nodes always allowed.") @Min(0) @Nullable
        Integer okTotalUnreadyCount,

        @JsonPropertyDescription("Seconds between two looks, as 10s.") @Pattern("^[0-9]+s$") @Nullable
        String scanInterval,

        @JsonPropertyDescription("Minutes after a scale-up.") @Pattern("^[0-9]+m$") @Nullable
        String scaleDownDelayAfterAdd,

        @JsonPropertyDescription("After a node deletion.") @Pattern("^[0-9]+(s|m)$") @Nullable
        String scaleDownDelayAfterDelete,

        @JsonPropertyDescription("Minutes after a failed scale-down.") @Pattern("^[0-9]+m$") @Nullable
        String scaleDownDelayAfterFailure,

        @JsonPropertyDescription("Minutes a node is unneeded before it goes.") @Pattern("^[0-9]+m$") @Nullable
        String scaleDownUnneededTime,

        @JsonPropertyDescription("Minutes an unready node is unneeded before it goes.") @Pattern("^[0-9]+m$") @Nullable
        String scaleDownUnreadyTime,

        @JsonPropertyDescription("Utilisation below which a node is unneeded, 0 to 1.")
        @Pattern("^(0([.][0-9]+)?|1([.]0+)?)$")
        @Nullable
        String scaleDownUtilizationThreshold,

        @JsonPropertyDescription("Nodes with local storage stay.") @Nullable
        Boolean skipNodesWithLocalStorage,

        @JsonPropertyDescription("Nodes with kube-system pods stay.") @Nullable
        Boolean skipNodesWithSystemPods) {}
