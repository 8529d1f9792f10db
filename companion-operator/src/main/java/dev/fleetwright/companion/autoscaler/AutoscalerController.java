package dev.fleetwright.companion.autoscaler;

import dev.fleetwright.api.v1alpha1.AzureClusterAutoscaler;
import dev.fleetwright.api.v1alpha1.AzureClusterAutoscalerStatus;
import dev.fleetwright.companion.anchor.Anchors;
import dev.fleetwright.core.reconcile.Controller;
import dev.fleetwright.core.reconcile.Trigger;
import dev.fleetwright.core.reconcile.Watch;
import dev.fleetwright.core.status.StatusShape;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Puts the controller of AzureClusterAutoscaler together. */
public final class AutoscalerController {
    private static final StatusShape<AzureClusterAutoscalerStatus> SHAPE = StatusShape.of(
            AzureClusterAutoscalerStatus::empty,
            AzureClusterAutoscalerStatus::withObservedGeneration,
            AzureClusterAutoscalerStatus::withConditions,
            AzureClusterAutoscalerStatus::withLastErrors);

    private AutoscalerController() {}

    /**
     * The controller.
     *
     * @param siblings filed by {@link #index}
     * @param fieldManager that owns the profile on ManagedControlPlanes
     */
    public static Controller<AzureClusterAutoscaler, AzureClusterAutoscalerStatus> of(
            Anchors anchors,
            Watch<AzureClusterAutoscaler> siblings,
            KubernetesClient client,
            String fieldManager,
            Trigger trigger) {
        var profiles = new AppliedProfile(client, fieldManager);
        var reader = new AutoscalerReader(anchors, siblings, profiles);
        return Controller.of(AzureClusterAutoscaler.class, SHAPE)
                .loop(new ApplyLoop(reader, profiles, client))
                .cleanup(new WithdrawLoop(reader, profiles))
                .trigger(trigger)
                .build();
    }

    /** How the cache of AzureClusterAutoscalers is filed: under the key of the Cluster. */
    public static String index(AzureClusterAutoscaler object) {
        return AutoscalerReader.clusterOf(object).toString();
    }
}
