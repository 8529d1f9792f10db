package dev.fleetwright.local;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One cluster for all the tests of a JVM, started when it is first asked for and stopped when the JVM ends. Tests keep
 * apart by namespaces.
 *
 * <p>The environment variable FLEETWRIGHT_CLUSTER may name another ground for the management cluster: {@code k3s} for a
 * container, or the path of a kubeconfig. Workload clusters always are local, since they need kwok.
 */
public final class SharedCluster {
    private static final Shared<KubernetesCluster> MANAGEMENT =
            new Shared<>(definitions -> open(System.getenv().getOrDefault("FLEETWRIGHT_CLUSTER", ""), definitions));

    private static final Shared<LocalCluster> WORKLOAD = new Shared<>(
            definitions -> LocalCluster.start(defining(ClusterOptions.workload("shared-workload"), definitions)));

    private SharedCluster() {}

    /**
     * API server and controllers, no nodes.
     *
     * @param definitions folders of CustomResourceDefinitions; all that share a JVM have to ask for the same
     * @throws IllegalStateException when the cluster has been started with other definitions
     */
    public static KubernetesCluster management(Path... definitions) {
        return MANAGEMENT.with(List.of(definitions));
    }

    /** Everything; nodes are whatever Node objects tests create. The definitions are as for {@link #management}. */
    public static LocalCluster workload(Path... definitions) {
        return WORKLOAD.with(List.of(definitions));
    }

    private static KubernetesCluster open(String ground, List<Path> definitions) {
        if (ground.isEmpty() || ground.equals("local")) {
            return LocalCluster.start(defining(ClusterOptions.management("shared-management"), definitions));
        }
        KubernetesCluster cluster = ground.equals("k3s")
                ? K3sCluster.start("shared-management")
                : KubernetesCluster.existing("shared-management", Path.of(ground));
        definitions.forEach(new Definitions(cluster.client())::install);
        return cluster;
    }

    private static ClusterOptions defining(ClusterOptions options, List<Path> definitions) {
        ClusterOptions defining = options;
        for (Path folder : definitions) {
            defining = defining.withDefinitions(folder);
        }
        return defining;
    }

    /** Started once, by the first who asks. */
    private static final class Shared<C extends KubernetesCluster> {
        private final Function<List<Path>, C> start;
        private List<Path> definitions = List.of();
        private @Nullable C cluster;

        Shared(Function<List<Path>, C> start) {
            this.start = start;
        }

        synchronized C with(List<Path> wanted) {
            if (cluster == null) {
                definitions = wanted;
                cluster = start.apply(wanted);
                Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "close " + cluster.name()));
            } else if (!definitions.equals(wanted)) {
                throw new IllegalStateException(
                        "the shared cluster was started with " + definitions + ", not with " + wanted);
            }
            return cluster;
        }
    }
}
