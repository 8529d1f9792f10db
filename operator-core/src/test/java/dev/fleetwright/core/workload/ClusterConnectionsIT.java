package dev.fleetwright.core.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetwright.core.process.KubernetesClients;
import dev.fleetwright.core.process.UserAgent;
import dev.fleetwright.core.reconcile.ObjectKey;
import dev.fleetwright.core.widget.Ground;
import dev.fleetwright.local.ClusterOptions;
import dev.fleetwright.local.Component;
import dev.fleetwright.local.LocalCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With a cluster of its own, because its API server is killed and frozen here. */
class ClusterConnectionsIT {

    private static final ObjectKey WEU = new ObjectKey("fleet", "weu-1");
    private static final Map<String, String> BLUE = Map.of("fleetwright.dev/nodepool", "blue");

    private static LocalCluster cluster;

    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final ClusterConnections connections = new ClusterConnections(
            (kubeconfig, executor) ->
                    KubernetesClients.workload(kubeconfig, new UserAgent("connections-test", "1"), 10_000, executor),
            new ConnectionTimes(
                    Duration.ofMillis(500),
                    Duration.ofSeconds(3),
                    2,
                    Duration.ofMillis(500),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(30)),
            InstantSource.system());

    @BeforeAll
    static void start() {
        cluster = LocalCluster.start(ClusterOptions.management("connections"));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @AfterEach
    void close() {
        connections.close();
    }

    private void awaitConnected() {
        await().atMost(Ground.PATIENCE).until(() -> connections.to(WEU) instanceof Connection.Connected);
    }

    private Duration awaitLost(String reason) {
        var start = Instant.now();
        await().atMost(Ground.PATIENCE)
                .until(() -> connections.to(WEU) instanceof Connection.NotConnected lost
                        && lost.reason().equals(reason));
        return Duration.between(start, Instant.now());
    }

    private void awaitNode(String name) {
        await().atMost(Ground.PATIENCE)
                .until(() -> connections.to(WEU) instanceof Connection.Connected(var weu)
                        && weu.cache(WatchedKind.NODES)
                                .flatMap(nodes -> nodes.get("", name))
                                .isPresent());
    }

    private static Node node(String name) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(BLUE)
                .endMetadata()
                .build();
    }

    @Test
    void aClusterIsReadThroughKilledAndFrozenServersAndTheLossIsAnOrdinaryAnswer() {
        connections.listen(new ConnectionListener() {
            @Override
            public void connectionChanged(ObjectKey which) {
                changed.add(which.toString());
            }

            @Override
            public void objectChanged(ObjectKey which, HasMetadata object) {
                changed.add(which + " " + object.getMetadata().getName());
            }
        });
        assertThat(connections.to(WEU))
                .isInstanceOfSatisfying(
                        Connection.NotConnected.class,
                        none -> assertThat(none.reason()).isEqualTo(Connection.NO_KUBECONFIG));
        connections.offer(WEU, cluster.kubeconfig());
        awaitConnected();
        assertThat(changed).contains("fleet/weu-1");

        cluster.client().resource(node("before")).create();
        awaitNode("before");
        cluster.client().resource(node("watched")).create();
        awaitNode("watched");
        await().atMost(Ground.PATIENCE).until(() -> changed.contains("fleet/weu-1 watched"));
        var blue = connections
                .to(WEU)
                .orThrow()
                .cache(WatchedKind.NODES)
                .orElseThrow()
                .lookup("blue");
        assertThat(blue).hasSize(2);
        assertThat((int) connections
                        .to(WEU)
                        .orThrow()
                        .call(client -> client.nodes().list().getItems().size()))
                .isEqualTo(2);

        var server = cluster.process(Component.API_SERVER);
        server.pause();
        System.out.println("a frozen API server is noticed after " + awaitLost(Connection.UNREACHABLE));
        server.resume();
        awaitConnected();
        awaitNode("watched");

        server.kill();
        System.out.println("a killed API server is noticed after " + awaitLost(Connection.UNREACHABLE));
        server.start();
        awaitConnected();
        cluster.client().resource(node("after")).create();
        awaitNode("after");

        connections.withdraw(WEU);
        assertThat(connections.to(WEU)).isInstanceOf(Connection.NotConnected.class);
        assertThat(connections.size()).isZero();
    }

    @Test
    void credentialsThatAreRejectedAreNamedAndANewKubeconfigIsUsedAtOnce() {
        var rejected = """
            apiVersion: v1
            kind: Config
            current-context: c
            contexts: [{name: c, context: {cluster: k, user: u}}]
            clusters: [{name: k, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
            users: [{name: u, user: {token: wrong}}]
            """.formatted(cluster.server());
        connections.offer(WEU, rejected);
        awaitLost(Connection.CREDENTIALS_REJECTED);
        connections.offer(WEU, cluster.kubeconfig());
        awaitConnected();
        assertThat(connections.connected()).isEqualTo(1);
    }
}
