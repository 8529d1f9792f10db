package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fleetwright.api.schema.Fixed;
import dev.fleetwright.api.schema.MapList;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything else a cluster needs before workloads can run; each section becomes child objects. */
@JsonClassDescription("Everything else a cluster needs before workloads can run; each section becomes child objects.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AzureClusterAdditionalConfigSpec(
        @JsonPropertyDescription("The Cluster.") @Required @Fixed
        LocalRef clusterRef,

        @JsonPropertyDescription("Registries that the nodes may pull from.")
        @Size(max = 50)
        @MapList(key = "resourceID")
        List<ContainerRegistry> containerRegistries,

        @JsonPropertyDescription("Profile of the cluster autoscaler.") @Nullable
        AutoscalerProfile autoscalerProfile) {
    public AzureClusterAdditionalConfigSpec {
        containerRegistries = containerRegistries == null ? List.of() : List.copyOf(containerRegistries);
    }

    /** A registry that the nodes may pull from. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value =
                    "self.resourceID.matches('(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft[.]ContainerRegistry/registries/[^/]+$')",
            message = "resourceID is no ARM id of a container registry: write it as"
                    + " /subscriptions/.../resourceGroups/.../providers/Microsoft.ContainerRegistry/registries/...",
            fieldPath = ".resourceID")
    public record ContainerRegistry(
            @JsonPropertyDescription("ARM id of the container registry.") @Required @Size(min = 1, max = 512)
            String resourceID) {}
}
