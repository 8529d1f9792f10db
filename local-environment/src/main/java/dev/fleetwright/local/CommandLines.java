package dev.fleetwright.local;

import dev.fleetwright.local.binaries.KubernetesBinaries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of every component. All run with the cluster's folder as working directory and listen on nothing but
 * the API server's loopback port; etcd is reached by sockets in the folder, which nobody else may enter.
 */
record CommandLines(KubernetesBinaries binaries, ClusterFolder folder, ClusterOptions options, int port) {
    /** The first address of the range of services, by which pods know the API server. */
    static final String SERVICE_ADDRESS = "10.0.0.1";

    static final String ETCD_SOCKET = "etcd.sock:0";
    static final String AUTHORITY = "ca.crt";
    static final String AUTHORITY_KEY = "ca.key";
    static final String SERVER = "apiserver.crt";
    static final String SERVER_KEY = "apiserver.key";
    static final String TOKEN_KEY = "sa.key";
    static final String AUDIT_POLICY = "audit-policy.yaml";
    static final String STAGES = "stages.yaml";

    /** etcd wants "host:port" after unix:// for its peers; the whole is a file name relative to the folder. */
    private static final String ETCD = "unix://" + ETCD_SOCKET;

    private static final String ETCD_PEER = "unix://peer.sock:0";

    List<String> of(Component component) {
        var command = new ArrayList<String>();
        command.add(binaries.path(component.program()).toString());
        command.addAll(
                switch (component) {
                    case ETCD -> etcd();
                    case API_SERVER -> apiServer();
                    case CONTROLLER_MANAGER -> controllerManager();
                    case SCHEDULER -> scheduler();
                    case KWOK -> kwok();
                });
        return command;
    }

    private static List<String> etcd() {
        return List.of(
                "--data-dir=etcd",
                "--listen-client-urls=" + ETCD,
                "--advertise-client-urls=" + ETCD,
                "--listen-peer-urls=" + ETCD_PEER,
                "--initial-advertise-peer-urls=" + ETCD_PEER,
                "--initial-cluster=default=" + ETCD_PEER,
                "--unsafe-no-fsync",
                "--log-level=warn");
    }

    private List<String> apiServer() {
        return List.of(
                "--etcd-servers=" + ETCD,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                // The Service "kubernetes" cannot point at a loopback address; no pod here would follow it.
                "--endpoint-reconciler-type=none",
                "--secure-port=" + port,
                "--tls-cert-file=" + SERVER,
                "--tls-private-key-file=" + SERVER_KEY,
                "--client-ca-file=" + AUTHORITY,
                "--authorization-mode=Node,RBAC",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-signing-key-file=" + TOKEN_KEY,
                "--service-account-key-file=" + TOKEN_KEY,
                "--service-cluster-ip-range=10.0.0.0/16",
                "--allow-privileged",
                "--profiling=false",
                "--audit-policy-file=" + AUDIT_POLICY,
                "--audit-log-path=" + folder.auditLog(),
                "--audit-log-maxsize=4000"); // megabytes; a rotated log would be a torn witness
    }

    private List<String> controllerManager() {
        return List.of(
                kubeconfig(Component.CONTROLLER_MANAGER),
                "--controllers=*,-nodeipam,-cloud-node-lifecycle",
                // Each controller acts as its own service account, so that the audit log tells them apart.
                "--use-service-account-credentials",
                "--service-account-private-key-file=" + TOKEN_KEY,
                "--root-ca-file=" + AUTHORITY,
                "--cluster-signing-cert-file=" + AUTHORITY,
                "--cluster-signing-key-file=" + AUTHORITY_KEY,
                "--leader-elect=false",
                "--secure-port=0",
                "--profiling=false",
                "--kube-api-qps=200",
                "--kube-api-burst=400");
    }

    private List<String> scheduler() {
        return List.of(
                kubeconfig(Component.SCHEDULER),
                "--leader-elect=false",
                "--secure-port=0",
                "--profiling=false",
                "--kube-api-qps=200",
                "--kube-api-burst=400");
    }

    private List<String> kwok() {
        var arguments = new ArrayList<String>(List.of(
                kubeconfig(Component.KWOK),
                "--manage-nodes-with-label-selector=" + LocalCluster.STOPPED_KUBELET + "!=true",
                // With leases kwok 0.8 can miss pods for ever: it looks for a new node's pods as soon as it has the
                // lease, and
                // passes over them until its cache of leases shows that.
                "--node-lease-duration-seconds=0",
                "--cidr=10.244.0.0/16",
                "--config=" + STAGES));
        for (Path stage : options.extraStages()) {
            arguments.add("--config=" + stage.toAbsolutePath());
        }
        return arguments;
    }

    private String kubeconfig(Component component) {
        return "--kubeconfig=" + folder.kubeconfig(component);
    }
}
