package dev.fleetwright.companion.config;

import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfig;
import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfigStatus;
import dev.fleetwright.companion.anchor.Anchors;
import dev.fleetwright.core.reconcile.Controller;
import dev.fleetwright.core.reconcile.ObjectKey;
import dev.fleetwright.core.reconcile.Trigger;
import dev.fleetwright.core.reconcile.Watch;
import dev.fleetwright.core.status.StatusShape;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;

/** Puts the controller of AzureClusterAdditionalConfig together. */
public final class AdditionalConfigController {
    /** All sections. A new one is a class beside these, named here, and its fields in the spec. */
    private static final List<Section> SECTIONS =
            List.of(new ContainerRegistriesSection(), new AutoscalerProfileSection());

    private static final StatusShape<AzureClusterAdditionalConfigStatus> SHAPE = StatusShape.of(
            AzureClusterAdditionalConfigStatus::empty,
            AzureClusterAdditionalConfigStatus::withObservedGeneration,
            AzureClusterAdditionalConfigStatus::withConditions,
            AzureClusterAdditionalConfigStatus::withLastErrors);

    private AdditionalConfigController() {}

    /**
     * The controller.
     *
     * @param caches of the kinds of children, filed by {@link #index}
     * @param fieldManager name of the operator, from which that of the children is made
     */
    public static Controller<AzureClusterAdditionalConfig, AzureClusterAdditionalConfigStatus> of(
            Anchors anchors,
            Map<Class<?>, Watch<? extends CustomResource<?, ?>>> caches,
            KubernetesClient client,
            String fieldManager,
            Trigger trigger) {
        var reader = new ConfigReader(anchors, SECTIONS, caches);
        var children = new Children(client, fieldManager);
        return Controller.of(AzureClusterAdditionalConfig.class, SHAPE)
                .loop(new AlignLoop(reader, children))
                .cleanup(new DismissLoop(reader, children))
                .trigger(trigger)
                .build();
    }

    /** How the caches of children are filed. */
    public static String index(HasMetadata child) {
        return ConfigReader.fileUnder(child.getMetadata().getNamespace());
    }

    /** The AzureClusterAdditionalConfigs to wake when a child changes. */
    public static List<ObjectKey> parentsOf(HasMetadata child) {
        var kind = HasMetadata.getKind(AzureClusterAdditionalConfig.class);
        return child.getMetadata().getOwnerReferences().stream()
                .filter(owner -> kind.equals(owner.getKind()))
                .map(owner -> new ObjectKey(child.getMetadata().getNamespace(), owner.getName()))
                .toList();
    }
}
