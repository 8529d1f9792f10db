package dev.fleetwright.azure;

import dev.fleetwright.api.v1alpha1.AutoscalerProfile;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The autoscaler profile in Azure's keys; every value is text there (aks-protocol.md section 9). */
final class AutoscalerKeys {
    private AutoscalerKeys() {}

    /** The owned keys; empty when there is no profile. */
    static Map<String, String> of(@Nullable AutoscalerProfile profile) {
        if (profile == null) {
            return Map.of();
        }
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        keys.put("balance-similar-node-groups", profile.balanceSimilarNodeGroups());
        keys.put("expander", profile.expander());
        keys.put("max-empty-bulk-delete", profile.maxEmptyBulkDelete());
        keys.put("max-graceful-termination-sec", profile.maxGracefulTerminationSec());
        keys.put("max-node-provision-time", profile.maxNodeProvisionTime());
        keys.put("max-total-unready-percentage", profile.maxTotalUnreadyPercentage());
        keys.put("new-pod-scale-up-delay", profile.newPodScaleUpDelay());
        keys.put("ok-total-unready-count", profile.okTotalUnreadyCount());
        keys.put("scan-interval", profile.scanInterval());
        keys.put("scale-down-delay-after-add", profile.scaleDownDelayAfterAdd());
        keys.put("scale-down-delay-after-delete", profile.scaleDownDelayAfterDelete());
        keys.put("scale-down-delay-after-failure", profile.scaleDownDelayAfterFailure());
        keys.put("scale-down-unneeded-time", profile.scaleDownUnneededTime());
        keys.put("scale-down-unready-time", profile.scaleDownUnreadyTime());
        keys.put("scale-down-utilization-threshold", profile.scaleDownUtilizationThreshold());
        keys.put("skip-nodes-with-local-storage", profile.skipNodesWithLocalStorage());
        keys.put("skip-nodes-with-system-pods", profile.skipNodesWithSystemPods());
        Map<String, String> owned = new LinkedHashMap<>();
        keys.forEach((key, value) -> {
            if (value != null) {
                owned.put(key, value.toString());
            }
        });
        return Map.copyOf(owned);
    }
}
