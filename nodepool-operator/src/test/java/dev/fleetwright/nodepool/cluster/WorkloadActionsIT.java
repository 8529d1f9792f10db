package dev.fleetwright.nodepool.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetwright.core.workload.ResourceCache;
import dev.fleetwright.core.workload.WatchedKind;
import dev.fleetwright.core.workload.WorkloadCluster;
import dev.fleetwright.local.LocalCluster;
import dev.fleetwright.nodepool.ground.Fleet;
import dev.fleetwright.nodepool.node.NodeView;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The calls to a workload cluster, on a real API server, judged by its audit log. */
class WorkloadActionsIT {
    private static final String USER = "marks-of-late-caches";
    private final LocalCluster cluster = Fleet.CLUSTER;

    @Test
    void aNodeIsWrittenOnceHoweverOftenALateCacheAsks() {
        var nodes = cluster.client().nodes();
        nodes.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName("late-0")
                        .withLabels(Map.of("test.fleetwright.dev/late", ""))
                        .endMetadata()
                        .build())
                .create();
        NodeView seen = Views.of(nodes.withName("late-0").get());
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(io.fabric8.kubernetes.client.Config.fromKubeconfig(
                                cluster.kubeconfigFor(USER, "system:masters")))
                        .build())
                .build()) {
            var actions = new WorkloadActions(new Direct(client));

            assertThat(actions.mark(seen, "run")).isTrue();
            assertThat(actions.mark(seen, "run")).isFalse();
            assertThat(actions.unmark(seen)).isTrue();
            assertThat(actions.unmark(seen)).isFalse();
        } finally {
            nodes.withName("late-0").delete();
        }

        await("the deletion is in the log").until(() -> !writes("delete").isEmpty());
        assertThat(writes("update")).hasSize(2);
    }

    private List<?> writes(String verb) {
        return cluster.audit()
                .events(e -> e.name().equals("late-0")
                        && e.verb().equals(verb)
                        && (verb.equals("delete") || e.user().equals(USER)));
    }

    private record Direct(KubernetesClient client) implements WorkloadCluster {
        @Override
        public <X extends HasMetadata> Optional<ResourceCache<X>> cache(WatchedKind<X> kind) {
            return Optional.empty();
        }

        @Override
        public <A> A call(Function<KubernetesClient, A> call) {
            return call.apply(client);
        }
    }
}
