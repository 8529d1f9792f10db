package dev.fleetwright.local;

import java.nio.file.Path;

/**
 * One cluster for all the tests of a JVM, started when it is first asked for and stopped when the JVM ends. Tests keep
 * apart by namespaces.
 *
 * <p>The environment variable FLEETWRIGHT_CLUSTER may name another ground for the management cluster: {@code k3s} for a
 * container, or the path of a kubeconfig. Workload clusters always are local, since they need kwok.
 */
public final class SharedCluster {
    private SharedCluster() {}

    /** API server and controllers, no nodes. */
    public static KubernetesCluster management() {
        return Management.CLUSTER;
    }

    /** Everything; nodes are whatever Node objects tests create. */
    public static LocalCluster workload() {
        return Workload.CLUSTER;
    }

    private static KubernetesCluster open(String ground) {
        return switch (ground) {
            case "", "local" -> LocalCluster.start(ClusterOptions.management("shared-management"));
            case "k3s" -> K3sCluster.start("shared-management");
            default -> KubernetesCluster.existing("shared-management", Path.of(ground));
        };
    }

    private static <C extends KubernetesCluster> C closedAtExit(C cluster) {
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "close " + cluster.name()));
        return cluster;
    }

    private static final class Management {
        private static final KubernetesCluster CLUSTER =
                closedAtExit(open(System.getenv().getOrDefault("FLEETWRIGHT_CLUSTER", "")));
    }

    private static final class Workload {
        private static final LocalCluster CLUSTER =
                closedAtExit(LocalCluster.start(ClusterOptions.workload("shared-workload")));
    }
}
