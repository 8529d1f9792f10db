package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fleetwright.api.schema.Atomic;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A typed link to one object, including its uid where the identity matters. */
@Atomic
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ObjectRef(
        @JsonPropertyDescription("API version of the object.") @Size(max = 128) @Nullable
        String apiVersion,

        @JsonPropertyDescription("Kind of the object.") @Size(max = 64) @Nullable
        String kind,

        @JsonPropertyDescription("Namespace of the object.") @Size(max = 63) @Nullable
        String namespace,

        @JsonPropertyDescription("Name of the object.") @Required @Size(min = 1, max = 253)
        String name,

        @JsonPropertyDescription("uid of the object: a successor of the same name is another object.")
        @Size(max = 64)
        @Nullable
        String uid) {

    /** The link to a stored object: all five fields set. */
    public static ObjectRef to(io.fabric8.kubernetes.api.model.HasMetadata object) {
        var meta = object.getMetadata();
        return new ObjectRef(
                object.getApiVersion(), object.getKind(), meta.getNamespace(), meta.getName(), meta.getUid());
    }
}
