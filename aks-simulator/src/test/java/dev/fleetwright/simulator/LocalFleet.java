package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** A simulator with one cluster on a real API server, and clients of both. */
final class LocalFleet implements AutoCloseable {
    static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration SOON = Duration.ofMillis(100);

    final AksSimulator azure;
    final Wire arm;
    final KubernetesClient workload;

    /** @param cluster the body that creates the cluster weu */
    LocalFleet(Path folder, double scale, String cluster) {
        azure = AksSimulator.start(SimulatorOptions.in(folder)
                .withTimeScale(scale)
                .withThrottling(false)
                .withBackend(SimulatorOptions.Backend.LOCAL)
                .withSubscription(Wire.SUBSCRIPTION, Wire.TENANT)
                .withPrincipal(Wire.OPERATOR));
        arm = new Wire(azure).signedIn();
        assertThat(arm.put(Wire.RG, "{'location':'westeurope'}").status()).isEqualTo(201);
        succeed(arm.put(Wire.MC, cluster));
        workload = administrator();
    }

    /** A client with the credentials that are given out now; the caller closes it. */
    KubernetesClient administrator() {
        String kubeconfig = new String(
                Base64.getDecoder()
                        .decode(arm.post(Wire.MC + "/listClusterAdminCredential", "")
                                .text("/kubeconfigs/0/value")),
                StandardCharsets.UTF_8);
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .build();
    }

    String key() {
        return azure.state().at("/clusters/0/key").asText();
    }

    Answer finish(Answer accepted) {
        assertThat(accepted.status()).as(accepted.toString()).isBetween(200, 202);
        String operation = accepted.header("Azure-AsyncOperation");
        await().atMost(LONG)
                .pollInterval(SOON)
                .until(() -> arm.get(operation).body().has("endTime"));
        return arm.get(operation);
    }

    void succeed(Answer accepted) {
        Answer finished = finish(accepted);
        assertThat(finished.text("/status")).as(finished.toString()).isEqualTo("Succeeded");
    }

    List<Node> nodes(String pool) {
        return nodes(workload, pool);
    }

    static List<Node> nodes(KubernetesClient client, String pool) {
        return client.nodes()
                .withLabel("kubernetes.azure.com/agentpool", pool)
                .list()
                .getItems();
    }

    void awaitReady(String pool, int count) {
        soon(() -> assertThat(nodes(pool)).hasSize(count).allMatch(LocalFleet::ready));
    }

    static boolean ready(Node node) {
        return node.getStatus().getConditions().stream()
                .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
    }

    List<Pod> pods(String app) {
        return workload.pods()
                .inNamespace("default")
                .withLabel("app", app)
                .list()
                .getItems();
    }

    void awaitRunning(String app, int count) {
        soon(() -> assertThat(pods(app)).hasSize(count).allMatch(LocalFleet::ready));
    }

    static boolean ready(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(c ->
                                c.getType().equals("Ready") && c.getStatus().equals("True"));
    }

    static void soon(Runnable assertion) {
        await().atMost(LONG).pollInterval(SOON).untilAsserted(assertion::run);
    }

    /** Creates what the YAML says, in the namespace default. */
    void apply(String yaml) {
        workload.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .inNamespace("default")
                .create();
    }

    /** A web application behind a budget and a database with a disk, both on the pool green. */
    void deploy() {
        apply("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 4
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  nodeSelector: {agentpool: green}
                  containers: [{name: web, image: web}]
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: web}
            spec:
              maxUnavailable: 2
              selector: {matchLabels: {app: web}}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data}
            spec:
              accessModes: [ReadWriteOnce]
              storageClassName: managed-csi
              resources: {requests: {storage: 8Gi}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: db}
            spec:
              replicas: 1
              strategy: {type: Recreate}
              selector: {matchLabels: {app: db}}
              template:
                metadata: {labels: {app: db}}
                spec:
                  nodeSelector: {agentpool: green}
                  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
                  containers: [{name: db, image: db}]
            """);
    }

    @Override
    public void close() {
        workload.close();
        arm.close();
        azure.close();
    }
}
