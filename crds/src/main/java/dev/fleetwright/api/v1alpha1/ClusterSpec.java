package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fleetwright.api.schema.Fixed;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** What is wanted of a cluster as a whole. */
@JsonClassDescription("What is wanted of a cluster as a whole.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ClusterSpec(
        @JsonPropertyDescription("The ManagedControlPlane of this cluster.") @Required @Fixed
        LocalRef controlPlaneRef,

        @JsonPropertyDescription(
                "True: nothing of this cluster is written, neither in Azure nor in the cluster. A running Azure"
                        + " operation goes on.")
        @Nullable
        Boolean paused,

        @JsonPropertyDescription("Delete removes the Azure resources with this object, Orphan leaves them.")
        @Default("Delete")
        @Pattern("^(Delete|Orphan)$")
        @Nullable
        String deletionPolicy,

        @JsonPropertyDescription(
                "True (the default): a deletion of this object waits, and Azure is not touched, until this is set to"
                        + " false.")
        @Default("true")
        @Nullable
        Boolean deletionProtection) {
    /** Delete or Orphan; Delete when not set. */
    public String effectiveDeletionPolicy() {
        return deletionPolicy == null ? "Delete" : deletionPolicy;
    }

    /** True unless the user said false. */
    public boolean effectiveDeletionProtection() {
        return deletionProtection == null || deletionProtection;
    }
}
