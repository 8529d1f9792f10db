package dev.fleetwright.companion;

import com.marcnuri.helm.Helm;
import dev.fleetwright.api.v1alpha1.ConditionedStatus;
import dev.fleetwright.azure.Azure;
import dev.fleetwright.azure.AzureCredential;
import dev.fleetwright.azure.AzureSettings;
import dev.fleetwright.azure.sdk.SdkAzureAccess;
import dev.fleetwright.core.process.OperatorProcess;
import dev.fleetwright.core.process.Settings;
import dev.fleetwright.core.process.UserAgent;
import dev.fleetwright.local.KubernetesCluster;
import dev.fleetwright.local.SharedCluster;
import dev.fleetwright.simulator.AksSimulator;
import dev.fleetwright.simulator.SimulatorOptions;
import dev.fleetwright.simulator.entra.Principal;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator stands on in a test: a real API server with the chart's CRDs, the simulator, and the operator running
 * with the rights that the chart gives its service account.
 */
final class Ground implements AutoCloseable {
    static final String SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";
    static final String TENANT = "00000000-0000-0000-0000-000000000002";
    static final String CLIENT = "00000000-0000-0000-0000-000000000003";
    static final String CLIENT_SECRET = "only-for-this-test";
    static final double TIME_SCALE = 100;

    private static final Path CHART = Path.of("..", "helm", "fleetwright");
    private static final String SYSTEM = "fleetwright-system";

    /** The custom kinds of the chart. */
    static final Path CRDS = CHART.resolve("crds");

    private final KubernetesCluster cluster = SharedCluster.management(CRDS);
    private final AksSimulator simulator;
    private final SdkAzureAccess access;
    private final OperatorProcess process;

    Ground(Path folder) {
        simulator = AksSimulator.start(SimulatorOptions.in(folder.resolve("azure"))
                .withTimeScale(TIME_SCALE)
                .withSubscription(SUBSCRIPTION, TENANT)
                .withPrincipal(Principal.of(TENANT, CLIENT, CLIENT_SECRET))
                .withRegistry(registry("acme"))
                .withRegistry(registry("base")));
        installChart();
        Map<String, String> environment = new HashMap<>();
        environment.put("KUBECONFIG", write(folder.resolve("kubeconfig"), operatorKubeconfig()));
        environment.put("FLEETWRIGHT_NAMESPACE", SYSTEM);
        environment.put("FLEETWRIGHT_HTTP_ADDRESS", "127.0.0.1:0");
        environment.put("FLEETWRIGHT_LEADER_ELECTION", "true");
        environment.put("FLEETWRIGHT_TIME_SCALE", Double.toString(TIME_SCALE));
        environment.put("AZURE_RESOURCE_MANAGER_ENDPOINT", simulator.endpoint());
        environment.put("AZURE_AUTHORITY_HOST", simulator.authority());
        environment.put("AZURE_CA_BUNDLE", simulator.caFile().toString());
        access = new SdkAzureAccess(AzureSettings.fromEnvironment(environment, "test"), InstantSource.system());
        process = new OperatorProcess(Settings.from(environment), new UserAgent(CompanionMain.NAME, "test"), code -> {
            throw new IllegalStateException("the operator ended with " + code);
        });
        Companion.wire(process, environment);
        process.start();
    }

    KubernetesClient client() {
        return cluster.client();
    }

    AksSimulator simulator() {
        return simulator;
    }

    /** Azure as the test sees it, past the operator. */
    Azure azure() {
        return access.connect(
                new AzureCredential.ClientSecret(TENANT, CLIENT, new AzureCredential.Secret(CLIENT_SECRET)),
                SUBSCRIPTION);
    }

    static String registry(String name) {
        return "/subscriptions/" + SUBSCRIPTION
                + "/resourceGroups/shared/providers/Microsoft.ContainerRegistry/registries/" + name;
    }

    @Override
    public void close() {
        process.close();
        access.close();
        simulator.close();
    }

    static void createNamespace(KubernetesClient client, String name) {
        apply(
                client,
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build());
    }

    private void installChart() {
        createNamespace(client(), SYSTEM);
        var rights = Set.of("ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding");
        var text = new Helm(CHART)
                .template()
                .withName("fleetwright")
                .withNamespace(SYSTEM)
                .skipCrds()
                .call();
        Arrays.stream(text.split("(?m)^---\\s*$"))
                .filter(document -> document.lines().anyMatch(line -> line.startsWith("kind:")))
                .<HasMetadata>map(client().getKubernetesSerialization()::unmarshal)
                .filter(object -> rights.contains(object.getKind()))
                .forEach(object -> apply(client(), object));
    }

    private String operatorKubeconfig() {
        return cluster.serviceAccountKubeconfig(SYSTEM, CompanionMain.NAME, Duration.ofHours(1));
    }

    private static void apply(KubernetesClient client, HasMetadata object) {
        client.resource(object).fieldManager("test").forceConflicts().serverSideApply();
    }

    private static String write(Path file, String text) {
        try {
            return Files.writeString(file, text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of an object's condition, as reason: message. */
    static Optional<String> condition(ConditionedStatus status, String type) {
        return status == null
                ? Optional.empty()
                : status.conditions().stream()
                        .filter(condition -> condition.getType().equals(type) && "True".equals(condition.getStatus()))
                        .map(condition -> condition.getReason() + ": " + condition.getMessage())
                        .findFirst();
    }
}
