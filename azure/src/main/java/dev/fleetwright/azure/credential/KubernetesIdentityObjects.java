package dev.fleetwright.azure.credential;

import dev.fleetwright.api.v1alpha1.AzureClusterIdentity;
import dev.fleetwright.core.reconcile.ObjectKey;
import dev.fleetwright.core.reconcile.Watch;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Identity objects from watches; what they do not have, such as a Secret that nobody has labelled yet, is asked of the API
 * server.
 *
 * @param known Secrets that are watched
 */
public record KubernetesIdentityObjects(
        KubernetesClient client, Watch<AzureClusterIdentity> identities, Function<ObjectKey, Optional<Secret>> known)
        implements IdentityObjects {
    @Override
    public Optional<AzureClusterIdentity> identity(ObjectKey key) {
        return identities
                .get(key)
                .or(() -> Optional.ofNullable(client.resources(AzureClusterIdentity.class)
                        .inNamespace(key.namespace())
                        .withName(key.name())
                        .get()));
    }

    @Override
    public Optional<Map<String, byte[]>> secret(ObjectKey key) {
        return known.apply(key)
                .or(() -> Optional.ofNullable(client.secrets()
                        .inNamespace(key.namespace())
                        .withName(key.name())
                        .get()))
                .map(KubernetesIdentityObjects::decoded);
    }

    @Override
    public Map<String, String> namespaceLabels(String namespace) {
        @Nullable Namespace found = client.namespaces().withName(namespace).get();
        @Nullable
        Map<String, String> labels = found == null ? null : found.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }

    private static Map<String, byte[]> decoded(Secret secret) {
        Map<String, byte[]> data = new HashMap<>();
        @Nullable Map<String, String> encoded = secret.getData();
        if (encoded != null) {
            encoded.forEach((key, value) -> data.put(key, Base64.getDecoder().decode(value)));
        }
        return data;
    }
}
