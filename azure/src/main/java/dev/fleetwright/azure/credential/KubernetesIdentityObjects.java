package dev.fleetwright.controllers.fleet;

import dev.fleetwright.api.v1alpha1.AzureClusterIdentity;
import dev.fleetwright.controllers.azureaccess.IdentityObjects;
import dev.fleetwright.core.reconcile.ObjectKey;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Identity objects from the watches; what they do not have is asked of the API server. */
public record FleetIdentities(Fleet fleet) implements IdentityObjects {
    @Override
    public Optional<AzureClusterIdentity> identity(ObjectKey key) {
        Optional<AzureClusterIdentity> cached = fleet.identities().get(key);
        return cached.isPresent()
                ? cached
                : Optional.ofNullable(fleet.client()
                        .resources(AzureClusterIdentity.class)
                        .inNamespace(key.namespace())
                        .withName(key.name())
                        .get());
    }

    @Override
    public Optional<Map<String, byte[]>> secret(ObjectKey key) {
        Optional<Secret> cached = fleet.credentials().get(key);
        return (cached.isPresent() ? cached : read(key)).map(FleetIdentities::decoded);
    }

    @Override
    public Map<String, String> namespaceLabels(String namespace) {
        return Optional.ofNullable(
                        fleet.client().namespaces().withName(namespace).get())
                .map(n -> n.getMetadata().getLabels())
                .orElse(Map.of());
    }

    private Optional<Secret> read(ObjectKey key) {
        return Optional.ofNullable(fleet.client()
                .secrets()
                .inNamespace(key.namespace())
                .withName(key.name())
                .get());
    }

    private static Map<String, byte[]> decoded(Secret secret) {
        Map<String, byte[]> data = new HashMap<>();
        if (secret.getData() != null) {
            secret.getData()
                    .forEach((key, value) -> data.put(key, Base64.getDecoder().decode(value)));
        }
        return data;
    }
}
