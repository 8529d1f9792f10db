package dev.fleetwright.simulator.backend.local;

import dev.fleetwright.local.LocalCluster;
import dev.fleetwright.simulator.backend.NodeChange;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.function.UnaryOperator;

/** Makes single changes to Node objects. A node that is gone is let go. */
final class NodeChanges {
    private final KubernetesClient client;

    NodeChanges(KubernetesClient client) {
        this.client = client;
    }

    void make(String name, NodeChange change) {
        NodeObjects.ignoringGone(() -> {
            switch (change) {
                case NodeChange.Cordon cordon -> edit(name, node -> cordoned(node, cordon.on()));
                case NodeChange.PutTaint put -> edit(name, node -> tainted(node, put));
                case NodeChange.DropTaint drop -> edit(name, node -> untainted(node, drop.key()));
                case NodeChange.Label label -> edit(name, node -> labelled(node, label));
                case NodeChange.Kubelet kubelet ->
                    make(name, new NodeChange.Label(LocalCluster.STOPPED_KUBELET, kubelet.running() ? "" : "true"));
                case NodeChange.Condition condition -> condition(name, condition);
                case NodeChange.Event event -> event(name, event);
            }
        });
    }

    private void edit(String name, UnaryOperator<Node> change) {
        NodeObjects.edit(client, name, change);
    }

    private static Node cordoned(Node node, boolean on) {
        return new NodeBuilder(node)
                .editSpec()
                .withUnschedulable(on ? Boolean.TRUE : null)
                .endSpec()
                .build();
    }

    private static Node tainted(Node node, NodeChange.PutTaint put) {
        var taint = NodeObjects.taint(put.taint());
        var taints = new ArrayList<>(node.getSpec().getTaints());
        taints.removeIf(
                old -> old.getKey().equals(taint.getKey()) && old.getEffect().equals(taint.getEffect()));
        taints.add(taint);
        return new NodeBuilder(node).editSpec().withTaints(taints).endSpec().build();
    }

    private static Node untainted(Node node, String key) {
        var taints = new ArrayList<>(node.getSpec().getTaints());
        taints.removeIf(old -> old.getKey().equals(key));
        return new NodeBuilder(node).editSpec().withTaints(taints).endSpec().build();
    }

    private static Node labelled(Node node, NodeChange.Label label) {
        var labels = new HashMap<>(node.getMetadata().getLabels());
        if (label.value().isEmpty()) {
            labels.remove(label.key());
        } else {
            labels.put(label.key(), label.value());
        }
        return new NodeBuilder(node)
                .editMetadata()
                .withLabels(labels)
                .endMetadata()
                .build();
    }

    private void condition(String name, NodeChange.Condition condition) {
        String now = now();
        String json = """
            {"status":{"conditions":[{"type":"%s","status":"%s","reason":"%s","message":"%s",
              "lastHeartbeatTime":"%s","lastTransitionTime":"%s"}]}}
            """.formatted(
                        condition.type(),
                        condition.holds() ? "True" : "False",
                        condition.reason(),
                        condition.message(),
                        now,
                        now);
        var _ = client.nodes()
                .withName(name)
                .subresource("status")
                .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), json);
    }

    private void event(String name, NodeChange.Event event) {
        String now = now();
        var object = new EventBuilder()
                .withNewMetadata()
                .withGenerateName(name + ".")
                .withNamespace("default")
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion("v1")
                .withKind("Node")
                .withName(name)
                .withUid(name)
                .endInvolvedObject()
                .withReason(event.reason())
                .withMessage(event.message())
                .withType(event.warning() ? "Warning" : "Normal")
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .withNewSource()
                .withComponent("upgrader")
                .endSource()
                .build();
        var _ = client.resource(object).create();
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
