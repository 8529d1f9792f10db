package dev.fleetwright.companion.config;

import dev.fleetwright.api.v1alpha1.AutoscalerProfile;
import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfigSpec;
import dev.fleetwright.api.v1alpha1.AzureClusterAutoscaler;
import dev.fleetwright.api.v1alpha1.AzureClusterAutoscalerSpec;
import dev.fleetwright.companion.anchor.Anchor;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code autoscalerProfile}: one AzureClusterAutoscaler of the same name. */
final class AutoscalerProfileSection implements Section {

    @Override
    public String name() {
        return "autoscaler-profile";
    }

    @Override
    public String conditionType() {
        return "AutoscalerProfileReady";
    }

    @Override
    public Class<? extends CustomResource<?, ?>> childKind() {
        return AzureClusterAutoscaler.class;
    }

    @Override
    public Ask ask(ObjectMeta config, AzureClusterAdditionalConfigSpec spec, Anchor anchor) {
        @Nullable AutoscalerProfile profile = spec.autoscalerProfile();
        if (profile == null) {
            return new Ask.Children(List.of());
        }
        var child = new AzureClusterAutoscaler();
        child.setMetadata(new ObjectMetaBuilder().withName(config.getName()).build());
        child.setSpec(new AzureClusterAutoscalerSpec(spec.clusterRef(), profile));
        return new Ask.Children(List.of(child));
    }
}
