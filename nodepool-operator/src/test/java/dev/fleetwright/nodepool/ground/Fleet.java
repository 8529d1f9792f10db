package dev.fleetwright.nodepool.ground;

import static org.awaitility.Awaitility.await;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneStatus;
import dev.fleetwright.api.v1alpha1.Nodepool;
import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import dev.fleetwright.core.process.OperatorProcess;
import dev.fleetwright.core.process.Settings;
import dev.fleetwright.core.process.UserAgent;
import dev.fleetwright.local.LocalCluster;
import dev.fleetwright.local.SharedCluster;
import dev.fleetwright.nodepool.NodepoolMain;
import dev.fleetwright.nodepool.controller.NodepoolControllers;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A fleet of one cluster in a namespace of its own, with an operator. The same API server is management and workload
 * cluster: the operator cannot tell, and the machine has one less to carry.
 */
public final class Fleet implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofMinutes(3);
    public static final LocalCluster CLUSTER = SharedCluster.workload(Path.of("..", "helm", "fleetwright", "crds"));

    private final String namespace;
    private final String user;
    private final PoolDouble pools;
    private OperatorProcess operator;

    public Fleet(String namespace) {
        this.namespace = namespace;
        this.user = "operator-" + namespace;
        KubernetesClient client = CLUSTER.client();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("c-kubeconfig")
                        .withNamespace(namespace)
                        .withLabels(Map.of("cluster.x-k8s.io/cluster-name", "c"))
                        .endMetadata()
                        .withType("cluster.x-k8s.io/secret")
                        .withData(Map.of("value", base64(CLUSTER.kubeconfigFor(user, "system:masters"))))
                        .build())
                .create();
        apply("""
            apiVersion: fleetwright.dev/v1alpha1
            kind: Cluster
            metadata: {name: c}
            spec: {controlPlaneRef: {name: c}}
            ---
            apiVersion: fleetwright.dev/v1alpha1
            kind: ManagedControlPlane
            metadata: {name: c}
            spec:
              clusterRef: {name: c}
              identityRef: {name: id}
              subscriptionID: 00000000-0000-0000-0000-000000000000
              resourceGroupName: rg
              location: westeurope
              version: "1.34.2"
            """);
        controlPlaneRuns("1.34.2");
        pools = new PoolDouble(client, namespace);
        operator = start();
    }

    public KubernetesClient client() {
        return CLUSTER.client();
    }

    public LocalCluster cluster() {
        return CLUSTER;
    }

    public String namespace() {
        return namespace;
    }

    /** As the API server's audit log names the operator of this fleet. */
    public String user() {
        return user;
    }

    public PoolDouble pools() {
        return pools;
    }

    /** The operator's process ends and another one begins; nothing but the API servers' objects is left of the first. */
    public void restartOperator() {
        operator.close();
        operator = start();
    }

    /** Applies these documents; FLEET in them stands for the namespace. */
    public void apply(String yaml) {
        for (String document : yaml.replace("FLEET", namespace).split("(?m)^---$", -1)) {
            CLUSTER.client()
                    .load(new java.io.ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)))
                    .items()
                    .forEach(item -> CLUSTER.client()
                            .resource(item)
                            .inNamespace(namespace)
                            .fieldManager("git")
                            .forceConflicts()
                            .serverSideApply());
        }
    }

    public void controlPlaneRuns(String version) {
        var plane = CLUSTER.client()
                .resources(ManagedControlPlane.class)
                .inNamespace(namespace)
                .withName("c");
        ManagedControlPlane now = plane.get();
        now.setStatus(ManagedControlPlaneStatus.empty()
                .withVersion(version)
                .withProvisioningState("Succeeded")
                .withObservedGeneration(now.getMetadata().getGeneration()));
        CLUSTER.client().resource(now).updateStatus();
    }

    public Nodepool nodepool(String name) {
        return CLUSTER.client()
                .resources(Nodepool.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    public List<MachinePool> pools(String nodepool) {
        return CLUSTER.client()
                .resources(MachinePool.class)
                .inNamespace(namespace)
                .withLabel("fleetwright.dev/nodepool", nodepool)
                .list()
                .getItems();
    }

    public List<NodepoolReplacement> records(String nodepool) {
        return CLUSTER.client()
                .resources(NodepoolReplacement.class)
                .inNamespace(namespace)
                .withLabel("fleetwright.dev/nodepool", nodepool)
                .list()
                .getItems();
    }

    public List<Pod> pods() {
        return CLUSTER.client().pods().inNamespace(namespace).list().getItems();
    }

    public void resize(String nodepool, String vmSize) {
        CLUSTER.client()
                .resources(Nodepool.class)
                .inNamespace(namespace)
                .withName(nodepool)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"template\":{\"vmSize\":\"" + vmSize + "\"}}}");
    }

    public Optional<Condition> condition(String nodepool, String type) {
        return Optional.ofNullable(nodepool(nodepool).getStatus()).stream()
                .flatMap(s -> s.conditions().stream())
                .filter(c -> c.getType().equals(type))
                .findFirst();
    }

    public void awaitReady(String nodepool) {
        await("nodepool " + nodepool + " is ready")
                .atMost(PATIENCE)
                .until(() -> isTrue(nodepool, "Ready") && isTrue(nodepool, "UpToDate"));
    }

    public boolean isTrue(String nodepool, String type) {
        return condition(nodepool, type)
                .filter(c -> "True".equals(c.getStatus()))
                .isPresent();
    }

    public NodepoolReplacement awaitRecord(String nodepool, Predicate<NodepoolReplacement> wanted) {
        return await("record of " + nodepool)
                .atMost(PATIENCE)
                .until(() -> records(nodepool).stream().filter(wanted).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    @Override
    public void close() {
        operator.close();
        pools.close();
        CLUSTER.client()
                .nodes()
                .withLabel(PoolDouble.FLEET_LABEL, namespace)
                .withGracePeriod(0)
                .delete();
    }

    private OperatorProcess start() {
        try {
            Path kubeconfig = Files.createTempFile("kubeconfig", ".yaml");
            Files.writeString(kubeconfig, CLUSTER.kubeconfigFor(user, "system:masters"));
            var process = new OperatorProcess(
                    Settings.from(Map.of(
                            "KUBECONFIG",
                            kubeconfig.toString(),
                            "FLEETWRIGHT_NAMESPACE",
                            namespace,
                            "FLEETWRIGHT_WATCH_NAMESPACES",
                            namespace,
                            "FLEETWRIGHT_HTTP_ADDRESS",
                            "127.0.0.1:0",
                            "FLEETWRIGHT_LEADER_ELECTION",
                            "false")),
                    UserAgent.of("fleetwright-nodepool-operator", NodepoolMain.class),
                    code -> {});
            NodepoolControllers.wire(process);
            process.start();
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
