package dev.fleetwright.controllers;

import dev.fleetwright.api.v1alpha1.AzureClusterIdentity;
import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;

/** The objects of one cluster as a user writes them. */
final class Manifests {
    private final String namespace;
    private final String name;

    Manifests(String namespace, String name) {
        this.namespace = namespace;
        this.name = name;
    }

    Secret secret(String value) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name + "-credentials")
                .withNamespace(namespace)
                .endMetadata()
                .withStringData(Map.of("clientSecret", value))
                .build();
    }

    AzureClusterIdentity identity() {
        return read(AzureClusterIdentity.class, name, """
            {type: ServicePrincipal, tenantID: %s, clientID: %s, clientSecretRef: {name: %s-credentials, key: clientSecret}}
            """.formatted(Ground.TENANT, Ground.CLIENT, name));
    }

    Cluster cluster() {
        return read(Cluster.class, name, "{controlPlaneRef: {name: %s}, deletionProtection: false}".formatted(name));
    }

    ManagedControlPlane controlPlane(String version) {
        return controlPlane(version, Ground.SUBSCRIPTION);
    }

    ManagedControlPlane controlPlane(String version, String subscription) {
        return read(ManagedControlPlane.class, name, """
            {clusterRef: {name: %s}, identityRef: {name: %s}, subscriptionID: %s, resourceGroupName: rg-%s,
             location: westeurope, version: "%s", sku: {tier: Standard}}
            """.formatted(
                        name, name, subscription, namespace + "-" + name, version));
    }

    MachinePool pool(String pool, String mode, int replicas) {
        return pool(pool, mode, replicas, "Standard_D4s_v5");
    }

    MachinePool pool(String pool, String mode, int replicas, String size) {
        return read(MachinePool.class, name + "-" + pool, """
            {clusterRef: {name: %s}, name: %s, mode: %s, replicas: %d, template: {vmSize: %s, maxPods: 60}}
            """.formatted(name, pool, mode, replicas, size));
    }

    /** Everything, with one System pool of two nodes and one User pool of three. */
    List<HasMetadata> whole() {
        return List.of(
                secret("right"),
                identity(),
                cluster(),
                controlPlane("1.33"),
                pool("sys", "System", 2),
                pool("apps", "User", 3));
    }

    private <T extends HasMetadata> T read(Class<T> kind, String objectName, String spec) {
        return Serialization.unmarshal("""
            apiVersion: fleetwright.dev/v1alpha1
            kind: %s
            metadata: {name: %s, namespace: %s}
            spec: %s
            """.formatted(kind.getSimpleName(), objectName, namespace, spec.strip()), kind);
    }
}
