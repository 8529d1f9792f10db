package dev.fleetwright.nodepool.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.api.ArmId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PoolMachinesTest {
    private static final String SETS =
            "azure:///subscriptions/s/resourceGroups/MC_a/providers/Microsoft.Compute/virtualMachineScaleSets/";
    private final PoolMachines pool =
            new PoolMachines("web-1", "web", Set.of(ArmId.parse(SETS + "aks-web/virtualMachines/0")));

    @Test
    void aNodeNeedsLabelAndFullId() {
        assertThat(pool.owns(node("web", SETS + "aks-web/virtualMachines/0"))).isTrue();
        assertThat(pool.owns(node(
                        "web",
                        SETS.toUpperCase(java.util.Locale.ROOT).replace("AZURE", "azure")
                                + "AKS-WEB/virtualMachines/0")))
                .as("Azure changes the case of ids")
                .isTrue();
    }

    @Test
    void theSameInstanceNumberOfAnotherScaleSetIsAnotherMachine() {
        assertThat(pool.owns(node("web", SETS + "aks-other/virtualMachines/0"))).isFalse();
        assertThat(pool.owns(node("other", SETS + "aks-web/virtualMachines/0"))).isFalse();
        assertThat(pool.owns(node("web", ""))).isFalse();
    }

    @Test
    void aForeignCordonSurvivesOurMarks() {
        NodeView cordoned = new NodeView("n", "u", "", Map.of(), Map.of(), List.of(), true, true);
        Marks.Look marked = Marks.put(cordoned, "run").orElseThrow();
        assertThat(marked.annotations()).containsKey(Marks.TAINTED_BY).doesNotContainKey(Marks.CORDONED_BY);
        NodeView after = new NodeView(
                "n", "u", "", Map.of(), marked.annotations(), marked.taints(), true, marked.unschedulable());
        assertThat(Marks.remove(after)).contains(new Marks.Look(true, List.of(), Map.of()));
    }

    @Test
    void ourMarksComeOffWithoutATrace() {
        NodeView plain = node("web", "");
        Marks.Look marked = Marks.put(plain, "run").orElseThrow();
        assertThat(marked.unschedulable()).isTrue();
        NodeView after = new NodeView(
                "n", "u", "", plain.labels(), marked.annotations(), marked.taints(), true, marked.unschedulable());
        assertThat(Marks.remove(after)).contains(new Marks.Look(false, List.of(), Map.of()));
    }

    @Test
    void whatIsThereAlreadyIsNotWrittenAgain() {
        NodeView plain = node("web", "");
        Marks.Look marked = Marks.put(plain, "run").orElseThrow();
        NodeView after = new NodeView(
                "n", "u", "", plain.labels(), marked.annotations(), marked.taints(), true, marked.unschedulable());
        assertThat(Marks.put(after, "run")).isEmpty();
        assertThat(Marks.remove(plain)).isEmpty();
    }

    private static NodeView node(String agentPool, String providerId) {
        return new NodeView(
                "n", "u", providerId, Map.of(NodeView.AGENT_POOL_LABEL, agentPool), Map.of(), List.of(), true, false);
    }
}
