package dev.fleetwright.launcher;

import dev.fleetwright.local.audit.AuditLog;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A workload cluster as its users reach it: by the kubeconfig Secret that Fleetwright keeps. */
public final class Workload implements AutoCloseable {
    private static final String SYSTEM = "kube-system";

    private final KubernetesClient client;
    private final Kubectl kubectl;
    private final AuditLog audit;

    private Workload(KubernetesClient client, Kubectl kubectl, AuditLog audit) {
        this.client = client;
        this.kubectl = kubectl;
        this.audit = audit;
    }

    /** The cluster behind the Secret {@code <cluster>-kubeconfig}; its audit log is the simulator's. */
    public static Workload of(Stack stack, String namespace, String cluster) {
        var secret = stack.client()
                .secrets()
                .inNamespace(namespace)
                .withName(cluster + "-kubeconfig")
                .require();
        String kubeconfig =
                new String(Base64.getDecoder().decode(secret.getData().get("value")), StandardCharsets.UTF_8);
        Path folder = stack.simulator().clusterFolder(cluster);
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .build();
        return new Workload(client, new Kubectl(kubeconfig, folder), new AuditLog(folder.resolve("audit.log")));
    }

    public KubernetesClient client() {
        return client;
    }

    public AuditLog audit() {
        return audit;
    }

    public Kubectl kubectl() {
        return kubectl;
    }

    /** Waits until every Deployment and StatefulSet outside kube-system is wholly ready; returns how many pods that are. */
    public int awaitRollOut(Duration atMost, Consumer<String> progress) {
        int pods = 0;
        for (Deployment deployment : deployments()) {
            progress.accept("waiting for " + deployment.getMetadata().getName());
            client.resource(deployment)
                    .waitUntilCondition(
                            d -> d != null
                                    && d.getSpec()
                                            .getReplicas()
                                            .equals(d.getStatus().getReadyReplicas()),
                            atMost.toMillis(),
                            TimeUnit.MILLISECONDS);
            pods += deployment.getSpec().getReplicas();
        }
        for (StatefulSet set : statefulSets()) {
            progress.accept("waiting for " + set.getMetadata().getName());
            client.resource(set)
                    .waitUntilCondition(
                            s -> s != null
                                    && s.getSpec()
                                            .getReplicas()
                                            .equals(s.getStatus().getReadyReplicas()),
                            atMost.toMillis(),
                            TimeUnit.MILLISECONDS);
            pods += set.getSpec().getReplicas();
        }
        return pods;
    }

    public List<Node> nodes() {
        return client.nodes().list().getItems();
    }

    private List<Deployment> deployments() {
        return client.apps().deployments().inAnyNamespace().list().getItems().stream()
                .filter(d -> !d.getMetadata().getNamespace().equals(SYSTEM))
                .toList();
    }

    private List<StatefulSet> statefulSets() {
        return client.apps().statefulSets().inAnyNamespace().list().getItems().stream()
                .filter(s -> !s.getMetadata().getNamespace().equals(SYSTEM))
                .toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
