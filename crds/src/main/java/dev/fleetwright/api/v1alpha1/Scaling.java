package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** Bounds for the AKS cluster autoscaler. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "self.min <= self.max",
        message = "scaling.min is above scaling.max: lower min or raise max",
        fieldPath = ".min")
public record Scaling(
        @JsonPropertyDescription("Fewest nodes.") @Required @Min(0) @Max(1000)
        Integer min,

        @JsonPropertyDescription("Most nodes.") @Required @Min(0) @Max(1000)
        Integer max) {}
