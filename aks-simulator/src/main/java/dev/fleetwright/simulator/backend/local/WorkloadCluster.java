package dev.fleetwright.simulator.backend.local;

import dev.fleetwright.local.ClusterOptions;
import dev.fleetwright.local.LocalCluster;
import dev.fleetwright.local.PodTimings;
import dev.fleetwright.simulator.backend.ClusterBackend.Access;
import dev.fleetwright.simulator.backend.local.disks.DiskService;
import dev.fleetwright.simulator.backend.local.disks.DiskWriter;
import dev.fleetwright.simulator.time.Durations;
import dev.fleetwright.simulator.time.Timeline;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;

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
    private static final String VOLUME_STAGE = "volume-stage.yaml";

    private final LocalCluster cluster;
    private final KubernetesClient client;
    private final NodeObjects nodes;
    private final Watches watches;
    private final DiskService disks;
    private final Pictures pictures;
    private final StatusMap status;

    private WorkloadCluster(LocalCluster cluster, Timeline timeline, Durations durations, Executor threads) {
        this.cluster = cluster;
        Config config = new ConfigBuilder(Config.fromKubeconfig(cluster.kubeconfigFor(AKS_USER, ADMIN_GROUP)))
                // evictions that are refused must come back at once; other calls are repeated by the operation's work
                .withRequestRetryBackoffLimit(2)
                .build();
        this.client = new KubernetesClientBuilder().withConfig(config).build();
        this.nodes = new NodeObjects(client);
        this.watches = new Watches(client);
        this.disks = new DiskService(watches, new DiskWriter(client), timeline, durations, threads);
        this.pictures = new Pictures(watches, timeline);
        this.status = new StatusMap(client, watches);
    }

    /** Starts it and lays out kube-system. Takes seconds; leaves nothing behind when it fails. */
    static WorkloadCluster start(String key, Path folder, Timeline timeline, Durations durations, Executor threads) {
        WorkloadCluster started;
        try {
            var options = waitingForVolumes(ClusterOptions.workload(key).with(pods(timeline)), folder);
            started = new WorkloadCluster(LocalCluster.start(options), timeline, durations, threads);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (InputStream manifests = WorkloadCluster.class.getResourceAsStream("kube-system.yaml")) {
            for (HasMetadata object : started.client.load(manifests).items()) {
                started.client
                        .resource(object)
                        .fieldManager(AKS_USER)
                        .forceConflicts()
                        .serverSideApply();
            }
            started.disks.start();
            return started;
        } catch (IOException e) {
            started.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    /** At great speed pods have to keep up: 40 to 80 s of Azure time for either way, at most the usual second or two. */
    private static PodTimings pods(Timeline timeline) {
        PodTimings usual = PodTimings.DEFAULT;
        Duration least = timeline.scaled(Duration.ofSeconds(40));
        Duration most = timeline.scaled(Duration.ofSeconds(80));
        return least.compareTo(usual.readyMin()) < 0 ? new PodTimings(least, most, least, most) : usual;
    }

    /** kwok's kubelets would start a pod whose volumes are not there. */
    private static ClusterOptions waitingForVolumes(ClusterOptions options, Path folder) throws IOException {
        Path stage = Files.createDirectories(folder).resolve(VOLUME_STAGE);
        try (InputStream shipped = WorkloadCluster.class.getResourceAsStream(VOLUME_STAGE)) {
            Files.write(stage, Objects.requireNonNull(shipped).readAllBytes());
        }
        return options.in(folder).withStage(stage);
    }

    /** The way to one whose processes have ended. */
    static Access stopped(Path folder) {
        try (var cluster = LocalCluster.attach(folder)) {
            return access(cluster);
        }
    }

    Access access() {
        return access(cluster);
    }

    private static Access access(LocalCluster cluster) {
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

    NodeChanges changes() {
        return new NodeChanges(client);
    }

    Pictures pictures() {
        return pictures;
    }

    StatusMap status() {
        return status;
    }

    @Override
    public void close() {
        disks.close();
        watches.close();
        client.close();
        cluster.close();
    }
}
