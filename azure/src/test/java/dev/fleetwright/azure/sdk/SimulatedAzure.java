package dev.fleetwright.azure.sdk;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.azure.AgentPoolSpec;
import dev.fleetwright.azure.AgentPoolState;
import dev.fleetwright.azure.Azure;
import dev.fleetwright.azure.AzureCredential;
import dev.fleetwright.azure.AzureCredential.ClientSecret;
import dev.fleetwright.azure.AzureCredential.Secret;
import dev.fleetwright.azure.AzureSettings;
import dev.fleetwright.azure.ManagedClusterSpec;
import dev.fleetwright.azure.OperationStatus;
import dev.fleetwright.azure.OwnerTag;
import dev.fleetwright.azure.PoolSpecs;
import dev.fleetwright.azure.Submitted;
import dev.fleetwright.simulator.AksSimulator;
import dev.fleetwright.simulator.SimulatorOptions;
import dev.fleetwright.simulator.entra.Principal;
import dev.fleetwright.simulator.http.Faults;
import dev.fleetwright.simulator.http.RequestLog;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** An Azure of our own for the tests: the simulator, a way into it, and clusters made in it. */
final class SimulatedAzure implements AutoCloseable {
    static final String SUBSCRIPTION = "11111111-1111-1111-1111-111111111111";
    static final ArmId REGISTRY = ArmId.resourceGroup(SUBSCRIPTION, "registries")
            .child("providers", "Microsoft.ContainerRegistry")
            .child("registries", "acme");
    static final OwnerTag OWNER = new OwnerTag("fleet", "c", "uid");

    private static final String TENANT = "22222222-2222-2222-2222-222222222222";
    private static final String CLIENT = "33333333-3333-3333-3333-333333333333";
    // A pool takes about a second: long enough to be met at work on a busy machine.
    private static final double TIME_SCALE = 150;

    private final AksSimulator simulator;
    private final SdkAzureAccess access;
    private final Azure azure;
    private final AtomicInteger names = new AtomicInteger();

    SimulatedAzure(Path folder) {
        simulator = AksSimulator.start(SimulatorOptions.in(folder)
                .withTimeScale(TIME_SCALE)
                .withThrottling(false)
                .withSubscription(SUBSCRIPTION, TENANT)
                .withRegistry(REGISTRY.toString())
                .withPrincipal(Principal.of(TENANT, CLIENT, "right")));
        access = access();
        azure = connect(secret("right"), SUBSCRIPTION);
    }

    /** Another way in, with budgets, tokens and connections of its own. */
    SdkAzureAccess access() {
        return new SdkAzureAccess(
                AzureSettings.fromEnvironment(
                        Map.of(
                                "AZURE_RESOURCE_MANAGER_ENDPOINT", simulator.endpoint(),
                                "AZURE_AUTHORITY_HOST", simulator.authority(),
                                "AZURE_CA_BUNDLE", simulator.caFile().toString(),
                                "FLEETWRIGHT_TIME_SCALE", Double.toString(TIME_SCALE)),
                        "fleetwright-test/1"),
                InstantSource.system());
    }

    Azure connect(AzureCredential credential, String subscription) {
        return access.connect(credential, subscription);
    }

    static AzureCredential secret(String value) {
        return new ClientSecret(TENANT, CLIENT, new Secret(value));
    }

    /** The client below the ports, to do what others do. */
    ArmClient arm() {
        return access.client(secret("right"));
    }

    Azure azure() {
        return azure;
    }

    URI endpoint() {
        return URI.create(simulator.endpoint());
    }

    void nextCalls(int times, Faults.Rule rule) {
        simulator.faults().next(times, rule);
    }

    List<RequestLog.Entry> requests(String method, String pathEnd) {
        return simulator
                .requests()
                .entries(e -> e.method().equals(method) && e.path().endsWith(pathEnd));
    }

    /** The id of a cluster that does not exist yet, in a resource group that does. */
    ArmId freeCluster() {
        String name = "c" + names.incrementAndGet();
        ArmId group = ArmId.resourceGroup(SUBSCRIPTION, "g-" + name);
        azure.resourceGroups().create(group, "westeurope", Map.of());
        return ArmId.managedCluster(SUBSCRIPTION, "g-" + name, name);
    }

    /** A cluster with one System pool named sys, made and idle. */
    ArmId cluster() {
        ArmId cluster = freeCluster();
        finished(azure.managedClusters().create(cluster, clusterSpec(cluster, "1.34", "{}"), List.of(systemPool())));
        return cluster;
    }

    ManagedClusterSpec clusterSpec(ArmId cluster, String version, String sku) {
        return new ManagedClusterSpec(
                PoolSpecs.controlPlane("{'clusterRef':{'name':'c'},'identityRef':{'name':'i'},'subscriptionID':'"
                        + SUBSCRIPTION + "','resourceGroupName':'"
                        + cluster.valueOf("resourceGroups").orElseThrow() + "','location':'westeurope','version':'"
                        + version + "','sku':" + sku + "}"),
                OWNER);
    }

    static AgentPoolSpec systemPool() {
        return new AgentPoolSpec(
                "sys", "System", PoolSpecs.template("{'vmSize':'Standard_D4s_v5'}"), 1, null, null, OWNER);
    }

    /** Polls an accepted write to its end, which must be good. */
    void finished(Submitted submitted) {
        if (submitted.operationURL().isPresent()) {
            String url = submitted.operationURL().get();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> !(azure.operations().poll(url) instanceof OperationStatus.InProgress));
            OperationStatus end = azure.operations().poll(url);
            if (!(end instanceof OperationStatus.Succeeded || end instanceof OperationStatus.Expired)) {
                throw new AssertionError("the operation ended as " + end);
            }
        }
    }

    void finished(Optional<Submitted> submitted) {
        finished(submitted.orElseThrow());
    }

    AgentPoolState pool(ArmId id) {
        return azure.agentPools().get(id).toOptional().orElseThrow();
    }

    @Override
    public void close() {
        access.close();
        simulator.close();
    }
}
