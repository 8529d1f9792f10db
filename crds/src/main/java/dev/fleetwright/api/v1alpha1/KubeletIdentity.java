package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Identity that the nodes pull images with. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record KubeletIdentity(
        @JsonPropertyDescription("ARM id of the identity.") @Size(max = 512) @Nullable
        String resourceID,

        @JsonPropertyDescription("Its client id.") @Size(max = 64) @Nullable
        String clientID,

        @JsonPropertyDescription("Its object id, which role assignments name.") @Size(max = 64) @Nullable
        String objectID) {}
