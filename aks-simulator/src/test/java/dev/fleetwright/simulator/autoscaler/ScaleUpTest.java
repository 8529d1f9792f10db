package dev.fleetwright.simulator.autoscaler;

import static dev.fleetwright.simulator.autoscaler.Sketch.booting;
import static dev.fleetwright.simulator.autoscaler.Sketch.group;
import static dev.fleetwright.simulator.autoscaler.Sketch.pod;
import static dev.fleetwright.simulator.autoscaler.Sketch.profile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.simulator.autoscaler.ClusterPicture.Priority;
import dev.fleetwright.simulator.autoscaler.Placement.Apart;
import dev.fleetwright.simulator.autoscaler.Placement.Toleration;
import dev.fleetwright.simulator.autoscaler.PodPicture.Owner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScaleUpTest {
    private static Map<String, Integer> decide(Sketch sketch, Profile profile, NodeGroup... groups) {
        return new ScaleUp(sketch.picture(), profile, new SplittableRandom(1)).decide(List.of(groups), Set.of());
    }

    @Test
    void asManyNodesAreAddedAsThePodsThatWaitNeed() {
        var sketch =
                new Sketch().node("n0", "blue", pod("a", 4000)).pending(pod("b", 2000), pod("c", 2000), pod("d", 2000));
        assertThat(decide(sketch, profile(), group("blue", 1, 10, 1))).containsExactly(Map.entry("blue", 2));
    }

    @Test
    void neverMoreThanTheMaximum() {
        var sketch = new Sketch().pending(pod("a", 4000), pod("b", 4000), pod("c", 4000));
        assertThat(decide(sketch, profile(), group("blue", 0, 2, 0))).containsExactly(Map.entry("blue", 2));
        assertThat(decide(sketch, profile(), group("blue", 0, 2, 2))).isEmpty();
    }

    @Test
    void nothingIsAddedForPodsThatWillFitOnNodesThatAreBooting() {
        var sketch = new Sketch().pending(pod("a", 2000), pod("b", 2000));
        assertThat(decide(sketch, profile(), booting(group("blue", 0, 5, 1), "m0")))
                .isEmpty();
    }

    @Test
    void aNodeThatHasJustJoinedIsExpectedToBecomeReady() {
        var starting =
                new Sketch().unready("n0", "blue", Duration.ofSeconds(90)).pending(pod("a", 2000));
        assertThat(decide(starting, profile(), group("blue", 0, 5, 1))).isEmpty();
        var broken = new Sketch().unready("n0", "blue", Duration.ofMinutes(9)).pending(pod("a", 2000));
        assertThat(decide(broken, profile(), group("blue", 0, 5, 1))).containsExactly(Map.entry("blue", 1));
    }

    @Test
    void nothingIsAddedForPodsThatNoNodeOfThePoolWouldTake() {
        var elsewhere =
                new Placement(List.of(Requirement.is("agentpool", "red")), List.of(), List.of(), List.of(), List.of());
        var sketch = new Sketch().pending(pod("huge", 9000), pod("picky", 100, elsewhere, Owner.CONTROLLER));
        assertThat(decide(sketch, profile(), group("blue", 0, 5, 0))).isEmpty();
    }

    @Test
    void aTaintedPoolGrowsOnlyForPodsThatTolerateIt() {
        var tainted = new NodeGroup(
                "gpu",
                0,
                5,
                0,
                List.of(),
                true,
                new NodeGroup.Template(
                        Map.of(), List.of(new Taint("sku", "gpu", "NoSchedule")), Sketch.FOUR_CPUS, List.of()));
        var tolerant = new Placement(
                List.of(), List.of(), List.of(new Toleration("sku", false, "gpu", "")), List.of(), List.of());
        assertThat(decide(new Sketch().pending(pod("a", 100)), profile(), tainted))
                .isEmpty();
        assertThat(decide(new Sketch().pending(pod("a", 100, tolerant, Owner.CONTROLLER)), profile(), tainted))
                .containsExactly(Map.entry("gpu", 1));
    }

    @Test
    void podsThatStandApartGetANodeEach() {
        var apart = new Placement(
                List.of(),
                List.of(),
                List.of(),
                List.of(new Apart("kubernetes.io/hostname", List.of(Requirement.is("app", "web")))),
                List.of());
        var sketch = new Sketch()
                .node("n0", "blue", pod("a", 100, apart, Owner.CONTROLLER))
                .pending(pod("b", 100, apart, Owner.CONTROLLER), pod("c", 100, apart, Owner.CONTROLLER));
        assertThat(decide(sketch, profile(), group("blue", 1, 9, 1))).containsExactly(Map.entry("blue", 2));
    }

    @Test
    void podsMustWaitForTheDelayOfTheProfile() {
        var sketch = new Sketch().pending(pod("a", 100));
        assertThat(decide(sketch, profile("new-pod-scale-up-delay", "2m"), group("blue", 0, 5, 0)))
                .isEmpty();
    }

    @Test
    void daemonSetsTakeTheirShareOfANewNode() {
        var sketch = new Sketch().pending(pod("a", 2000), pod("b", 2000));
        sketch.daemons.add(pod("agent", 500, Placement.ANYWHERE, Owner.DAEMON_SET));
        assertThat(decide(sketch, profile(), group("blue", 0, 5, 0))).containsExactly(Map.entry("blue", 2));
    }

    @Test
    void theExpanderChoosesAmongSeveralPools() {
        var big = new NodeGroup(
                "big",
                0,
                5,
                0,
                List.of(),
                true,
                new NodeGroup.Template(
                        Map.of(),
                        List.of(),
                        new Resources(Map.of("cpu", 16_000L, "memory", 64_000L, "pods", 30_000L)),
                        List.of()));
        var small = group("small", 0, 1, 0);
        var sketch = new Sketch().pending(pod("a", 3000), pod("b", 3000));
        sketch.priorities.add(new Priority(10, List.of(".*mall")));
        assertThat(decide(sketch, profile("expander", "least-waste"), big, small))
                .containsExactly(Map.entry("small", 1));
        assertThat(decide(sketch, profile("expander", "most-pods"), big, small)).containsExactly(Map.entry("big", 1));
        assertThat(decide(sketch, profile("expander", "priority"), big, small)).containsExactly(Map.entry("small", 1));
    }

    @Test
    void similarPoolsGrowEvenlyWhenTheProfileSaysSo() {
        var sketch = new Sketch().pending(pod("a", 4000), pod("b", 4000), pod("c", 4000));
        assertThat(decide(
                        sketch,
                        profile("balance-similar-node-groups", "true"),
                        group("one", 0, 9, 0),
                        group("two", 0, 9, 1)))
                .containsOnly(Map.entry("one", 2), Map.entry("two", 1));
    }
}
