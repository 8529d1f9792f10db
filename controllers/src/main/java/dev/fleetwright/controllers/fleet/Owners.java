package dev.fleetwright.controllers.fleet;

import dev.fleetwright.controllers.anchor.Anchor;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;

/** Writes the derived link from a part to its Cluster; the reference in the spec stays the truth. */
public record Owners(KubernetesClient client) {
    /** Gives the part its owner reference. When the part changed since it was read, nothing: its next pass sees more. */
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
        try {
            client.resources((Class<R>) part.getClass())
                    .inNamespace(metadata.getNamespace())
                    .withName(metadata.getName())
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            client.getKubernetesSerialization().asJson(patch));
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }
}
