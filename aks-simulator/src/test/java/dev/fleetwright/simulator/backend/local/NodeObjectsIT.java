package dev.fleetwright.simulator.backend.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.local.SharedCluster;
import dev.fleetwright.simulator.backend.NodeChange;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Node objects are written by many: a change of ours is made on top of theirs. */
class NodeObjectsIT {
    private final KubernetesClient client = SharedCluster.management().client();

    @Test
    void whoeverWroteInBetweenKeepsWhatHeWrote() {
        create("contended");
        var asked = new AtomicInteger();
        NodeObjects.edit(client, "contended", node -> {
            if (asked.incrementAndGet() <= 2) {
                label("contended", "written-" + asked.get());
            }
            return new NodeBuilder(node)
                    .editSpec()
                    .withUnschedulable(true)
                    .endSpec()
                    .build();
        });
        Node after = client.nodes().withName("contended").get();
        assertThat(after.getSpec().getUnschedulable()).isTrue();
        assertThat(after.getMetadata().getLabels()).containsKeys("written-1", "written-2");
        assertThat(asked).hasValue(3);
    }

    @Test
    void aNodeThatIsGoneIsLetGo() {
        NodeObjects.edit(client, "gone", node -> node);
    }

    private void create(String name) {
        client.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    private void label(String name, String label) {
        new NodeChanges(client).make(name, new NodeChange.Label(label, "true"));
    }
}
