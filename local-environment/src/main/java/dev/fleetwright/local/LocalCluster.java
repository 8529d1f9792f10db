package dev.fleetwright.local;

import dev.fleetwright.local.audit.AuditLog;
import dev.fleetwright.local.binaries.KubernetesBinaries;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cluster whose processes run on this machine, with real etcd and API server, listening on loopback alone.
 *
 * <pre>{@code
 * try (var cluster = LocalCluster.start(ClusterOptions.workload("weu-1"))) {
 *     cluster.client().nodes().list();
 * }
 * }</pre>
 *
 * <p>Unless started detached, no process outlives this JVM, not even if it is killed.
 */
public final class LocalCluster implements KubernetesCluster {
    /**
     * A node with this label set to {@code true} is not played by kwok: its heart does not beat, its pods do not change.
     * Put it on a node and its kubelet is dead; take it off and the kubelet is back. (kwok also leaves alone a node that
     * has no label at all, which no real node is.)
     */
    public static final String STOPPED_KUBELET = "fleetwright.dev/kubelet-stopped";

    /** How long a cluster may take to become ready: measured in seconds, but test machines can be very busy. */
    static final Duration STARTUP = Duration.ofSeconds(90);

    private static final String NAME_FILE = "name";
    static final String SERVER_FILE = "server";

    private final String name;
    private final ClusterFolder folder;
    private final boolean temporary;
    private final String server;
    private final CertificateAuthority authority;
    private final Map<Component, ManagedProcess> processes;
    private final String kubeconfig;
    private final KubernetesClient client;

    LocalCluster(
            String name,
            ClusterFolder folder,
            boolean temporary,
            String server,
            CertificateAuthority authority,
            Map<Component, ManagedProcess> processes) {
        this.name = name;
        this.folder = folder;
        this.temporary = temporary;
        this.server = server;
        this.authority = authority;
        this.processes = new EnumMap<>(processes);
        this.kubeconfig = folder.read(folder.adminKubeconfig().getFileName().toString());
        this.client = Kubeconfigs.client(kubeconfig);
        folder.write(NAME_FILE, name);
        folder.write(SERVER_FILE, server);
    }

    /**
     * Starts a cluster and returns when it is ready: the API server answers, and the controller-manager has made the first
     * service account. Starting several at the same time is fine.
     *
     * @throws dev.fleetwright.local.binaries.BinariesUnavailableException if the programs are missing and cannot be built
     * @throws IllegalStateException if a component ends or is not ready in time; the message has the end of its log
     */
    public static LocalCluster start(ClusterOptions options) {
        return new ClusterStart(options, options.binaries().orElseGet(KubernetesBinaries::resolve)).run();
    }

    /**
     * The cluster that lives in this folder, started by another JVM with {@link ClusterOptions#detach}. Closing it stops
     * its processes; a JVM that only looks leaves it open.
     */
    public static LocalCluster attach(Path path) {
        ClusterFolder folder = ClusterFolder.open(path);
        var authority = CertificateAuthority.read(
                new Pem(folder.read(CommandLines.AUTHORITY), folder.read(CommandLines.AUTHORITY_KEY)));
        var processes = new EnumMap<Component, ManagedProcess>(Component.class);
        for (Component component : Component.values()) {
            if (ManagedProcess.known(folder, component.program().fileName())) {
                processes.put(component, component.attached(folder));
            }
        }
        return new LocalCluster(folder.read(NAME_FILE), folder, false, folder.read(SERVER_FILE), authority, processes);
    }

    /**
     * Makes the stopped cluster in this folder forget whom it trusts: it makes itself another authority at its next start,
     * and no kubeconfig with a certificate of before is good any more. Tokens of service accounts stay good.
     */
    public static void forgetAuthority(Path path) {
        ClusterFolder.open(path).remove(CommandLines.AUTHORITY_KEY);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kubeconfig() {
        return kubeconfig;
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    /** A kubeconfig that acts as this user with these groups; what they may do is up to RBAC. Valid for a year. */
    public String kubeconfigFor(String user, String... groups) {
        return Kubeconfigs.withCertificate(
                name, server, authority.pem().certificate(), user, authority.client(user, List.of(groups)));
    }

    @Override
    public Optional<AuditLog> auditLog() {
        return Optional.of(audit());
    }

    /** {@link #auditLog()}, which a local cluster always has. */
    public AuditLog audit() {
        return new AuditLog(folder.auditLog());
    }

    /** Where everything of this cluster is: logs, audit log, keys, {@code admin.kubeconfig}. */
    public Path folder() {
        return folder.path();
    }

    /** Where the API server is, such as {@code https://127.0.0.1:20443}. */
    public String server() {
        return server;
    }

    /**
     * A process of this cluster, to take it away and bring it back.
     *
     * @throws IllegalArgumentException if the cluster was started without it
     */
    public ManagedProcess process(Component component) {
        ManagedProcess process = processes.get(component);
        if (process == null) {
            throw new IllegalArgumentException(name + " runs without " + component);
        }
        return process;
    }

    /** Returns when the API server says that it is ready, as after it was started again. */
    public void awaitReady() {
        try (var probe = Kubeconfigs.probe(kubeconfig)) {
            new Readiness(probe, process(Component.API_SERVER)).awaitApiServer(STARTUP);
        }
    }

    /** Stops every process, in the opposite order of their start, by id; none is left when this returns. */
    @Override
    public void close() {
        client.close();
        Shutdown.stop(processes);
        if (temporary) {
            folder.delete();
        }
    }
}
