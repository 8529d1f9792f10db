package dev.fleetwright.launcher;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/** The Secret that the example's AzureClusterIdentity refers to. Its content is made at run time, per stack. */
final class FleetCredentials {
    private static final String NAME = "azure-credentials";

    private FleetCredentials() {}

    static void apply(KubernetesClient client, Simulator simulator, String namespace) {
        client.resource(Manifests.namespace(namespace))
                .fieldManager("fleetwright-launcher")
                .forceConflicts()
                .serverSideApply();
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(NAME)
                        .endMetadata()
                        .withStringData(Map.of("clientSecret", simulator.clientSecret()))
                        .build())
                .fieldManager("fleetwright-launcher")
                .forceConflicts()
                .serverSideApply();
    }
}
