package dev.fleetwright.nodepool.cluster;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;

/** The deletion of exactly the object that was read: uid and resourceVersion are preconditions, checked by the API server. */
public final class Deletion {
    private Deletion() {}

    /**
     * Deletes it in the background way.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException 409 when it changed or was replaced, 404 when it is gone
     */
    public static void exactly(KubernetesClient client, CustomResource<?, ?> read) {
        var meta = read.getMetadata();
        var options = new DeleteOptionsBuilder()
                .withApiVersion("v1")
                .withKind("DeleteOptions")
                .withPropagationPolicy("Background")
                .withNewPreconditions()
                .withUid(meta.getUid())
                .withResourceVersion(meta.getResourceVersion())
                .endPreconditions()
                .build();
        String path = "/apis/" + read.getApiVersion() + "/namespaces/" + meta.getNamespace() + "/" + read.getPlural()
                + "/" + meta.getName();
        client.raw(path, "DELETE", client.getKubernetesSerialization().asJson(options));
    }
}
