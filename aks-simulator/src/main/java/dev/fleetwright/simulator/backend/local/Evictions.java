package dev.fleetwright.simulator.backend.local;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PreconditionsBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.Eviction;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;

/** The calls of a drain: which pods are in the way, and away with one of them. */
final class Evictions {
    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final int GONE = 404;
    private static final int REPLACED = 409;

    private final KubernetesClient client;
    private final NodeObjects nodes;

    Evictions(KubernetesClient client, NodeObjects nodes) {
        this.client = client;
        this.nodes = nodes;
    }

    void cordon(String node) {
        nodes.cordon(node, true);
    }

    /** Pods that have to leave the node: not those of DaemonSets, not mirrors, not finished ones. */
    List<Pod> movable(String node) {
        return client.pods().inAnyNamespace().withField("spec.nodeName", node).list().getItems().stream()
                .filter(pod -> !ofDaemonSet(pod))
                .filter(pod -> pod.getMetadata().getAnnotations() == null
                        || !pod.getMetadata().getAnnotations().containsKey(MIRROR))
                .filter(pod ->
                        !List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase()))
                .toList();
    }

    private static boolean ofDaemonSet(Pod pod) {
        return pod.getMetadata().getOwnerReferences().stream()
                .map(OwnerReference::getKind)
                .anyMatch("DaemonSet"::equals);
    }

    /** Asks the pod to go; the reason when the answer was no. */
    Optional<String> evict(Pod pod) {
        Eviction eviction = new EvictionBuilder()
                .withNewMetadata()
                .withName(pod.getMetadata().getName())
                .withNamespace(pod.getMetadata().getNamespace())
                .endMetadata()
                .withDeleteOptions(new DeleteOptionsBuilder()
                        .withPreconditions(new PreconditionsBuilder()
                                .withUid(pod.getMetadata().getUid())
                                .build())
                        .build())
                .build();
        String path = "/api/v1/namespaces/" + pod.getMetadata().getNamespace() + "/pods/"
                + pod.getMetadata().getName() + "/eviction";
        try {
            var _ = client.raw(path, "POST", Serialization.asJson(eviction));
            return Optional.empty();
        } catch (KubernetesClientException e) {
            boolean gone = e.getCode() == GONE || e.getCode() == REPLACED;
            return gone ? Optional.empty() : Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Deletes the pod whatever its budgets say. */
    void delete(Pod pod) {
        NodeObjects.ignoringGone(() -> client.resource(pod).delete());
    }
}
