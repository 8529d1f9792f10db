package dev.fleetwright.controllers;

import dev.fleetwright.azure.Azure;
import dev.fleetwright.azure.AzureCredential.ClientSecret;
import dev.fleetwright.azure.AzureCredential.Secret;
import dev.fleetwright.azure.AzureSettings;
import dev.fleetwright.azure.sdk.SdkAzureAccess;
import dev.fleetwright.core.process.OperatorProcess;
import dev.fleetwright.core.process.Settings;
import dev.fleetwright.core.process.UserAgent;
import dev.fleetwright.local.SharedCluster;
import dev.fleetwright.simulator.AksSimulator;
import dev.fleetwright.simulator.SimulatorOptions;
import dev.fleetwright.simulator.entra.Principal;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A real API server with our kinds, a simulated Azure, and the operator between them, which can be killed and started. */
final class Ground implements AutoCloseable {
    static final String SUBSCRIPTION = "11111111-1111-1111-1111-111111111111";
    static final String TENANT = "22222222-2222-2222-2222-222222222222";
    static final String CLIENT = "33333333-3333-3333-3333-333333333333";
    private static final double TIME_SCALE = 120;
    private static final Path CRDS = Path.of("../helm/fleetwright/crds");

    final KubernetesClient kubernetes = SharedCluster.management(CRDS).client();
    final AksSimulator simulator;
    final SimulatedNodes nodes;
    final Azure azure;
    final String namespace = "ctl-" + UUID.randomUUID().toString().substring(0, 8);
    private final SdkAzureAccess access;
    private final Map<String, String> environment = new HashMap<>();
    private OperatorProcess operator;

    Ground(Path folder, UnaryOperator<SimulatorOptions> options) {
        simulator = AksSimulator.start(options.apply(SimulatorOptions.in(folder)
                .withTimeScale(TIME_SCALE)
                .withThrottling(false)
                .withSubscription(SUBSCRIPTION, TENANT)
                .withPrincipal(Principal.of(TENANT, CLIENT, "right"))));
        try {
            Path kubeconfig = Files.writeString(
                    folder.resolve("kubeconfig"), SharedCluster.management(CRDS).kubeconfig());
            environment.put("KUBECONFIG", kubeconfig.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        environment.put("FLEETWRIGHT_NAMESPACE", namespace);
        environment.put("FLEETWRIGHT_WATCH_NAMESPACES", namespace);
        environment.put("FLEETWRIGHT_HTTP_ADDRESS", "127.0.0.1:0");
        environment.put("FLEETWRIGHT_LEADER_ELECTION", "false");
        environment.put("AZURE_RESOURCE_MANAGER_ENDPOINT", simulator.endpoint());
        environment.put("AZURE_AUTHORITY_HOST", simulator.authority());
        environment.put("AZURE_CA_BUNDLE", simulator.caFile().toString());
        environment.put("FLEETWRIGHT_TIME_SCALE", Double.toString(TIME_SCALE));
        access = new SdkAzureAccess(
                AzureSettings.fromEnvironment(environment, "controllers-test/1"), InstantSource.system());
        azure = access.connect(new ClientSecret(TENANT, CLIENT, new Secret("right")), SUBSCRIPTION);
        nodes = new SimulatedNodes(simulator, () -> azure);
        kubernetes
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        startOperator();
    }

    void startOperator() {
        operator = new OperatorProcess(
                Settings.from(environment), new UserAgent("fleetwright-controllers", "test"), code -> {});
        ControllersWiring.wire(operator, environment, (fleet, wakes) -> nodes);
        operator.start();
    }

    void stopOperator() {
        operator.close();
    }

    void restartOperator() {
        stopOperator();
        startOperator();
    }

    @Override
    public void close() {
        stopOperator();
        access.close();
        simulator.close();
    }
}
