package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fleetwright.api.schema.Atomic;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The AzureClusterIdentity to act with; the only reference that may cross namespaces. */
@Atomic
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record IdentityRef(
        @JsonPropertyDescription("Name of the AzureClusterIdentity.") @Required @Size(min = 1, max = 253)
        String name,

        @JsonPropertyDescription(
                "Its namespace; empty means the namespace of the referring object. The identity must allow that"
                        + " namespace.")
        @Size(max = 63)
        @Nullable
        String namespace) {}
