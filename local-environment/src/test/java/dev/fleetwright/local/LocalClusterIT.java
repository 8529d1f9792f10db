package dev.fleetwright.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fleetwright.local.audit.AuditEvent;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One workload cluster for all of these: they touch different objects, and put back what they take away. */
class LocalClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LocalCluster cluster = SharedCluster.workload();
    private final KubernetesClient client = cluster.client();

    @Test
    void theServerSaysWhichVersionItIs() {
        assertThat(client.getKubernetesVersion().getGitVersion())
                .as("not v0.0.0-master, which is what a server built without its version says")
                .startsWith("v1.");
    }

    @Test
    void podsOnFakeNodesStartAndEndInASecondOrTwo() {
        client.resource(node("fast")).create();
        Pod pod = client.resource(pod("quick", "fast")).create();

        await().atMost(PATIENCE)
                .until(() -> Readiness.isPodReady(client.resource(pod).get()));
        client.resource(pod).delete();
        assertThat(client.resource(pod).get())
                .as("ends gracefully, not at once")
                .isNotNull();
        await().atMost(PATIENCE).until(() -> client.resource(pod).get() == null);
    }

    @Test
    void onePodCanBeGivenItsOwnTime() {
        client.resource(node("patient")).create();
        Pod slow = pod("slow", "patient");
        slow.getMetadata()
                .setAnnotations(Map.of(
                        "pod-ready.stage.kwok.x-k8s.io/delay", "1h",
                        "pod-ready.stage.kwok.x-k8s.io/jitter-delay", "1h"));
        client.resource(slow).create();

        runningPod("usual", "patient");

        assertThat(Readiness.isPodReady(client.resource(slow).get())).isFalse();
    }

    @Test
    void aPodIsBoundByTheRealScheduler() {
        client.resource(node("schedulable")).create();
        Pod pod = client.resource(pod("unbound", null)).create();

        await().atMost(PATIENCE)
                .until(() -> Readiness.isPodReady(client.resource(pod).get()));
    }

    @Test
    void aStoppedKubeletEndsNoPodUntilItIsBack() {
        client.resource(node("dying")).create();
        Pod stuck = runningPod("stuck", "dying");
        client.resource(node("healthy")).create();
        Pod witness = runningPod("witness", "healthy");

        stopKubelet("dying", "\"true\"");
        client.resource(stuck).delete();
        client.resource(witness).delete();
        await().atMost(PATIENCE).until(() -> client.resource(witness).get() == null);
        assertThat(client.resource(stuck).get()).isNotNull();

        stopKubelet("dying", "null");
        await().atMost(PATIENCE).until(() -> client.resource(stuck).get() == null);
    }

    /** Without the lock of what was read: the node's own status may be written at any moment. */
    private void stopKubelet(String node, String value) {
        client.nodes()
                .withName(node)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"labels\":{\"" + LocalCluster.STOPPED_KUBELET + "\":" + value + "}}}");
    }

    @Test
    void aNodeThatIsBornWithAStoppedKubeletDoesNotBecomeReady() {
        Node stillborn = node("stillborn");
        stillborn.getMetadata().getLabels().put(LocalCluster.STOPPED_KUBELET, "true");
        client.resource(stillborn).create();
        client.resource(node("born-later")).create();

        await().atMost(PATIENCE).until(() -> isReady("born-later"));
        assertThat(isReady("stillborn")).isFalse();
    }

    @Test
    void aUserIsWhoTheCertificateSaysAndMayDoNothingUnlessToldSo() {
        try (var stranger = Kubeconfigs.client(cluster.kubeconfigFor("stranger", "passers-by"));
                var admin = Kubeconfigs.client(cluster.kubeconfigFor("boss", "system:masters"))) {
            assertThatThrownBy(() -> stranger.pods().inAnyNamespace().list())
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("User \"stranger\" cannot list resource \"pods\"");
            assertThat(admin.pods().inAnyNamespace().list()).isNotNull();
        }
    }

    @Test
    void aServiceAccountKubeconfigActsAsThatServiceAccount() {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("robot")
                        .endMetadata()
                        .build())
                .create();
        String kubeconfig = cluster.serviceAccountKubeconfig("default", "robot", Duration.ofMinutes(10));

        try (var robot = Kubeconfigs.client(kubeconfig)) {
            assertThatThrownBy(() -> robot.pods().inNamespace("default").list())
                    .hasMessageContaining("User \"system:serviceaccount:default:robot\" cannot list");
        }
    }

    @Test
    void theAuditLogKnowsWhoEvictedWhichPodByWhichUid() {
        client.resource(node("drained")).create();
        Pod pod = client.resource(pod("evictee", "drained")).create();
        await().atMost(PATIENCE)
                .until(() -> Readiness.isPodReady(client.resource(pod).get()));
        String body = """
            {"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": "evictee", "namespace": "default"},
             "deleteOptions": {"preconditions": {"uid": "%s"}}}
            """.formatted(pod.getMetadata().getUid());
        try (var drainer = Kubeconfigs.client(cluster.kubeconfigFor("drainer", "system:masters"))) {
            String path = "/api/v1/namespaces/default/pods/evictee/eviction";
            assertThatThrownBy(
                            () -> drainer.raw(path, "POST", body.replaceAll("\"uid\": \".*?\"", "\"uid\": \"other\"")))
                    .hasMessageContaining("409");
            drainer.raw(path + "?dryRun=All", "POST", body);
            drainer.raw(path, "POST", body);
        }

        List<AuditEvent> evictions = cluster.audit()
                .events(event -> event.isEviction() && event.name().equals("evictee"));
        assertThat(evictions).extracting(AuditEvent::user).containsOnly("drainer");
        assertThat(evictions).extracting(AuditEvent::code).containsExactly(409, 201, 201);
        assertThat(evictions).extracting(AuditEvent::succeeded).containsExactly(false, false, true);
        assertThat(evictions.getLast().uidPrecondition())
                .contains(pod.getMetadata().getUid());
        assertThat(cluster.audit().events(event -> event.name().equals("evictee")))
                .as("its making, by name")
                .anyMatch(event ->
                        event.verb().equals("create") && event.subresource().isEmpty());
    }

    @Test
    void theAuditLogLeavesOutReadsAndLeases() {
        assertThat(cluster.audit()
                        .events(event ->
                                event.verb().equals("get") || event.resource().equals("leases")))
                .isEmpty();
    }

    @Test
    void anApiServerThatIsKilledComesBackWithItsObjects() {
        client.resource(node("survivor")).create();
        ManagedProcess apiServer = cluster.process(Component.API_SERVER);
        long before = apiServer.pid().orElseThrow();

        apiServer.kill();
        assertThat(ProcessHandle.of(before)).isEmpty();
        apiServer.start();
        cluster.awaitReady();

        assertThat(apiServer.pid().orElseThrow()).isNotEqualTo(before);
        assertThat(client.nodes().withName("survivor").get()).isNotNull();
    }

    @Test
    void anApiServerThatIsFrozenAnswersNothingUntilItIsResumed() {
        ManagedProcess apiServer = cluster.process(Component.API_SERVER);
        try (var probe = Kubeconfigs.probe(cluster.kubeconfig())) {
            apiServer.pause();
            assertThatThrownBy(() -> probe.raw("/readyz")).isInstanceOf(KubernetesClientException.class);
        } finally {
            apiServer.resume();
        }
        cluster.awaitReady();
    }

    @Test
    void theServerListensOnLoopbackAlone() throws Exception {
        int port = URI.create(cluster.server()).getPort();
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(network.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> new java.net.Socket(address, port).close())
                            .as("port %d of %s", port, address)
                            .isInstanceOf(java.io.IOException.class);
                }
            }
        }
    }

    private Pod runningPod(String name, String node) {
        Pod pod = client.resource(pod(name, node)).create();
        await().atMost(PATIENCE)
                .until(() -> Readiness.isPodReady(client.resource(pod).get()));
        return pod;
    }

    private boolean isReady(String node) {
        return Readiness.isNodeReady(client.nodes().withName(node).get());
    }

    private static Node node(String name) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("kubernetes.io/hostname", name)
                .endMetadata()
                .build();
    }

    private static Pod pod(String name, String node) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .addNewContainer()
                .withName("main")
                .withImage("example/main")
                .endContainer()
                .endSpec()
                .build();
    }
}
