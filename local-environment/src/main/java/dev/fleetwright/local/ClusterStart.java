package dev.fleetwright.local;

import dev.fleetwright.local.binaries.KubernetesBinaries;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The start of one cluster: keys and files, etcd, API server, then everything that talks to it. */
final class ClusterStart {
    private static final int PORT_ATTEMPTS = 5;

    /** The identities of the components; RBAC knows those of Kubernetes itself. */
    private static final Map<Component, String> USERS = Map.of(
            Component.CONTROLLER_MANAGER, "system:kube-controller-manager",
            Component.SCHEDULER, "system:kube-scheduler",
            Component.KWOK, "kwok");

    private static final String ADMINISTRATORS = "system:masters";

    private final ClusterOptions options;
    private final KubernetesBinaries binaries;
    private final ClusterFolder folder;
    private final Map<Component, ManagedProcess> processes = new EnumMap<>(Component.class);

    /** How long the processes of a JVM that was killed may take to end. */
    private static final Duration FORMER = Duration.ofSeconds(10);

    ClusterStart(ClusterOptions options, KubernetesBinaries binaries) {
        if (options.detached() && options.folder().isEmpty()) {
            throw new IllegalArgumentException("a detached cluster needs a folder by which it is found again");
        }
        binaries.require(options.components().stream().map(Component::program).toList());
        this.options = options;
        this.binaries = binaries;
        this.folder =
                options.folder().map(ClusterFolder::open).orElseGet(() -> ClusterFolder.temporary(options.name()));
        for (Component component : options.components()) {
            processes.put(component, component.process(folder, leash(component)));
        }
        if (!options.components().stream().allMatch(this::ended)) {
            throw new IllegalStateException(
                    folder.path() + " already holds a cluster that runs; attach to it, or delete it");
        }
    }

    /** Whether no earlier process of this component runs in the folder, or it is about to end and does. */
    private boolean ended(Component component) {
        String name = component.program().fileName();
        return !ManagedProcess.known(folder, name)
                || ManagedProcess.attach(folder.path(), name, FORMER).awaitEnd(FORMER);
    }

    LocalCluster run() {
        try {
            launch(Component.ETCD, 0);
            CertificateAuthority authority = writeFiles();
            Readiness.await(
                    "etcd", process(Component.ETCD), LocalCluster.STARTUP, () -> folder.has(CommandLines.ETCD_SOCKET));
            int port = startApiServer(authority);
            String server = url(port);
            define();
            var others =
                    options.components().stream().filter(USERS::containsKey).toList();
            others.forEach(component -> writeKubeconfig(component, server, authority));
            others.forEach(component -> launch(component, port));
            var cluster =
                    new LocalCluster(options.name(), folder, options.folder().isEmpty(), server, authority, processes);
            if (others.contains(Component.CONTROLLER_MANAGER)) {
                try (KubernetesClient probe = Kubeconfigs.probe(cluster.kubeconfig())) {
                    new Readiness(probe, process(Component.API_SERVER))
                            .awaitControllers(process(Component.CONTROLLER_MANAGER), LocalCluster.STARTUP);
                }
            }
            return cluster;
        } catch (RuntimeException failure) {
            Shutdown.stop(processes);
            if (options.folder().isEmpty()) {
                folder.delete();
            }
            throw failure;
        }
    }

    /** etcd fills the folder, so its watcher is the one to clear it away. */
    private Watcher.Leash leash(Component component) {
        if (options.detached()) {
            return Watcher.Leash.NONE;
        }
        return options.folder().isEmpty() && component == Component.ETCD
                ? Watcher.Leash.AND_FOLDER
                : Watcher.Leash.PROGRAM;
    }

    private CertificateAuthority writeFiles() {
        var authority = authority();
        folder.write(CommandLines.AUTHORITY, authority.pem().certificate());
        folder.write(CommandLines.AUTHORITY_KEY, authority.pem().key());
        Pem server = authority.server();
        folder.write(CommandLines.SERVER, server.certificate());
        folder.write(CommandLines.SERVER_KEY, server.key());
        if (!folder.has(CommandLines.TOKEN_KEY)) {
            folder.write(CommandLines.TOKEN_KEY, CertificateAuthority.signingKey());
        }
        folder.write(CommandLines.AUDIT_POLICY, options.auditPolicy().orElseGet(ClusterStart::shippedAuditPolicy));
        if (options.components().contains(Component.KWOK)) {
            folder.write(CommandLines.STAGES, new KwokStages(binaries.kwokStages()).yaml(options.podTimings()));
        }
        return authority;
    }

    /** A cluster that is started again on its own data trusts whom it trusted: kubeconfigs and tokens stay good. */
    private CertificateAuthority authority() {
        return folder.has(CommandLines.AUTHORITY_KEY)
                ? CertificateAuthority.read(
                        new Pem(folder.read(CommandLines.AUTHORITY), folder.read(CommandLines.AUTHORITY_KEY)))
                : CertificateAuthority.create("fleetwright-" + options.name());
    }

    /** The port that it had before, if there was a before; 0 otherwise. */
    private int formerPort() {
        String server = folder.has(LocalCluster.SERVER_FILE)
                ? folder.read(LocalCluster.SERVER_FILE).strip()
                : "";
        return server.isEmpty() ? 0 : URI.create(server).getPort();
    }

    /** Draws another port whenever someone else took the one that had just been free. */
    private int startApiServer(CertificateAuthority authority) {
        ManagedProcess apiServer = process(Component.API_SERVER);
        Pem credential = authority.client("admin", List.of(ADMINISTRATORS));
        for (int attempt = 1; ; attempt++) {
            int port = attempt == 1 ? Ports.free(formerPort()) : Ports.free();
            String kubeconfig = Kubeconfigs.withCertificate(
                    options.name(), url(port), authority.pem().certificate(), "admin", credential);
            folder.write(folder.adminKubeconfig().getFileName().toString(), kubeconfig);
            launch(Component.API_SERVER, port);
            try (KubernetesClient probe = Kubeconfigs.probe(kubeconfig)) {
                new Readiness(probe, apiServer).awaitApiServer(LocalCluster.STARTUP);
                return port;
            } catch (IllegalStateException failure) {
                boolean taken = Readiness.logTail(apiServer).contains("address already in use");
                if (!taken || attempt == PORT_ATTEMPTS) {
                    throw failure;
                }
            }
        }
    }

    private void define() {
        if (options.definitions().isEmpty()) {
            return;
        }
        String kubeconfig = folder.read(folder.adminKubeconfig().getFileName().toString());
        try (KubernetesClient client = Kubeconfigs.client(kubeconfig)) {
            options.definitions().forEach(definitions -> new Definitions(client).install(definitions));
        }
    }

    private void writeKubeconfig(Component component, String server, CertificateAuthority authority) {
        String user = USERS.getOrDefault(component, component.name());
        List<String> groups = component == Component.KWOK ? List.of(ADMINISTRATORS) : List.of();
        folder.write(
                folder.kubeconfig(component).getFileName().toString(),
                Kubeconfigs.withCertificate(
                        options.name(), server, authority.pem().certificate(), user, authority.client(user, groups)));
    }

    private void launch(Component component, int port) {
        ManagedProcess process = process(component);
        // kwok insists on a home that it can write to.
        process.command(
                new CommandLines(binaries, folder, options, port).of(component),
                Map.of("HOME", folder.path().toString()));
        process.start();
    }

    private ManagedProcess process(Component component) {
        ManagedProcess process = processes.get(component);
        if (process == null) {
            throw new IllegalStateException(component + " is not part of " + options.name());
        }
        return process;
    }

    private static String url(int port) {
        return "https://127.0.0.1:" + port;
    }

    private static String shippedAuditPolicy() {
        try (InputStream in = ClusterStart.class.getResourceAsStream("audit-policy.yaml")) {
            if (in == null) {
                throw new IllegalStateException("the audit policy was not packaged");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
