package dev.fleetwright.controllers.fleet;

import dev.fleetwright.controllers.anchor.Anchor;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;

/** Writes the derived link from a part to its Cluster; the reference in the spec stays the truth. */
public record Owners(KubernetesClient client) {
    /** Gives the part its owner reference. Refused with a conflict when the part changed since it was read. */
    @SuppressWarnings("unchecked") // the class of a custom resource object is the class of its kind
    public <R extends CustomResource<?, ?>> void link(R part, Anchor anchor) {
        var metadata = part.getMetadata();
        var patch = Map.of(
                "metadata",
                Map.of(
                        "resourceVersion",
                        metadata.getResourceVersion(),
                        "ownerReferences",
                        List.copyOf(anchor.ownersWith(part))));
        client.resources((Class<R>) part.getClass())
                .inNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        client.getKubernetesSerialization().asJson(patch));
    }
}
