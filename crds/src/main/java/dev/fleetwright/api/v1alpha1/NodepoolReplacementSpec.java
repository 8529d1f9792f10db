package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One replacement: from which pools to which, and why. Immutable. */
@JsonClassDescription("One replacement: from which pools to which, and why. Immutable.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "self == oldSelf",
        message = "spec is fixed at creation, as it is the plan that was begun: change the Nodepool instead")
public record NodepoolReplacementSpec(
        @JsonPropertyDescription("The Nodepool.") @Required ObjectRef nodepoolRef,
        @JsonPropertyDescription("Its Cluster.") @Required LocalRef clusterRef,

        @JsonPropertyDescription("The MachinePool that will serve; absent when the Nodepool is being deleted.")
        @Nullable
        ObjectRef target,

        @JsonPropertyDescription("The MachinePools that are drained and deleted.") @Required @Size(min = 1, max = 8)
        List<ObjectRef> sources,

        @JsonPropertyDescription("What differs between them.") @Size(max = 64)
        List<Change> changes) {
    public NodepoolReplacementSpec {
        sources = sources == null ? List.of() : List.copyOf(sources);
        changes = changes == null ? List.of() : List.copyOf(changes);
    }

    /** One difference. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Change(
            @JsonPropertyDescription("Path of the field.") @Required @Size(max = 128)
            String field,

            @JsonPropertyDescription("Old value.") @Size(max = 512) @Nullable
            String from,

            @JsonPropertyDescription("New value.") @Size(max = 512) @Nullable
            String to) {}
}
