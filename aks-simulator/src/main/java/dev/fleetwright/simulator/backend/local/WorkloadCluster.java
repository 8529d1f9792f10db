package dev.fleetwright.simulator.backend.local;

import dev.fleetwright.local.ClusterOptions;
import dev.fleetwright.local.LocalCluster;
import dev.fleetwright.simulator.backend.ClusterBackend.Access;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * One local cluster as AKS sees it. AKS acts under a name of its own, so that the audit log tells its doings from those of
 * clients.
 */
final class WorkloadCluster implements AutoCloseable {
    /** Who AKS is in a cluster's audit log. */
    static final String AKS_USER = "aks-simulator";

    /** Whom AKS's own admin credential names. */
    private static final String ADMIN_USER = "masterclient";

    private static final String ADMIN_GROUP = "system:masters";

    private final LocalCluster cluster;
    private final KubernetesClient client;
    private final NodeObjects nodes;

    private WorkloadCluster(LocalCluster cluster) {
        this.cluster = cluster;
        Config config = new ConfigBuilder(Config.fromKubeconfig(cluster.kubeconfigFor(AKS_USER, ADMIN_GROUP)))
                // evictions that are refused must come back at once; other calls are repeated by the operation's work
                .withRequestRetryBackoffLimit(2)
                .build();
        this.client = new KubernetesClientBuilder().withConfig(config).build();
        this.nodes = new NodeObjects(client);
    }

    /** Starts it and lays out kube-system. Takes seconds; leaves nothing behind when it fails. */
    static WorkloadCluster start(ClusterOptions options) {
        var started = new WorkloadCluster(LocalCluster.start(options));
        try (InputStream manifests = WorkloadCluster.class.getResourceAsStream("kube-system.yaml")) {
            for (HasMetadata object : started.client.load(manifests).items()) {
                started.client
                        .resource(object)
                        .fieldManager(AKS_USER)
                        .forceConflicts()
                        .serverSideApply();
            }
            return started;
        } catch (IOException e) {
            started.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    Access access() {
        Config admin = Config.fromKubeconfig(cluster.kubeconfigFor(ADMIN_USER, ADMIN_GROUP));
        return new Access(
                cluster.server(),
                admin.getCaCertData(),
                Map.of(
                        "client-certificate-data", admin.getClientCertData(),
                        "client-key-data", admin.getClientKeyData()));
    }

    NodeObjects nodes() {
        return nodes;
    }

    Evictions evictions() {
        return new Evictions(client, nodes);
    }

    @Override
    public void close() {
        client.close();
        cluster.close();
    }
}
