package dev.fleetwright.controllers.machinepool;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NodeTallyTest {
    private static String machine(String scaleSet, int index) {
        return "azure:///subscriptions/s/resourceGroups/MC_rg/providers/Microsoft.Compute/virtualMachineScaleSets/%s/virtualMachines/%d"
                .formatted(scaleSet, index);
    }

    private static Node node(String providerID, boolean ready) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName("same-name-everywhere")
                .endMetadata()
                .withNewSpec()
                .withProviderID(providerID)
                .endSpec()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready ? "True" : "Unknown")
                .endCondition()
                .endStatus()
                .build();
    }

    @Test
    void twoPoolsWithTheSameInstanceNumbersNeverCountEachOthersNodes() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            int ours = random.nextInt(6);
            int theirs = random.nextInt(6);
            List<String> list = new ArrayList<>();
            List<Node> nodes = new ArrayList<>();
            int ready = 0;
            for (int i = 0; i < ours; i++) {
                boolean isReady = random.nextBoolean();
                ready += isReady ? 1 : 0;
                list.add(machine("aks-apps-11111111-vmss", i));
                nodes.add(node(machine("aks-apps-11111111-vmss", i).toLowerCase(Locale.ROOT), isReady));
            }
            for (int i = 0; i < theirs; i++) {
                nodes.add(node(machine("aks-sys-11111111-vmss", i), true));
            }
            Collections.shuffle(nodes, random);
            assertThat(NodeTally.of(list, Optional.empty(), nodes))
                    .as("seed " + seed)
                    .isEqualTo(new NodeTally(ours, ready, 0));
        }
    }

    @Test
    void aNodeOfOurScaleSetThatIsNotListedYetIsAStrangerAndNotCounted() {
        String scaleSet =
                machine("aks-apps-11111111-vmss", 0).replace("azure://", "").replace("/virtualMachines/0", "");
        assertThat(NodeTally.of(
                        List.of(machine("aks-apps-11111111-vmss", 0)),
                        Optional.of(scaleSet),
                        List.of(
                                node(machine("aks-apps-11111111-vmss", 0), true),
                                node(machine("aks-apps-11111111-vmss", 1), true),
                                node("kind://docker/x/y", true))))
                .isEqualTo(new NodeTally(1, 1, 1));
    }
}
