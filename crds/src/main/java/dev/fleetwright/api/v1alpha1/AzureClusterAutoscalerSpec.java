package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fleetwright.api.schema.Fixed;
import io.fabric8.generator.annotation.Required;

/** The profile of the AKS cluster autoscaler. */
@JsonClassDescription("The profile of the AKS cluster autoscaler.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AzureClusterAutoscalerSpec(
        @JsonPropertyDescription("The Cluster.") @Required @Fixed
        LocalRef clusterRef,

        @JsonPropertyDescription("The profile.") @Required AutoscalerProfile profile) {}
