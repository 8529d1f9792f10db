package dev.fleetwright.simulator.autoscaler;

import static dev.fleetwright.simulator.autoscaler.Sketch.booting;
import static dev.fleetwright.simulator.autoscaler.Sketch.group;
import static dev.fleetwright.simulator.autoscaler.Sketch.in;
import static dev.fleetwright.simulator.autoscaler.Sketch.pod;
import static dev.fleetwright.simulator.autoscaler.Sketch.profile;
import static dev.fleetwright.simulator.autoscaler.Sketch.saying;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.simulator.autoscaler.ClusterPicture.Budget;
import dev.fleetwright.simulator.autoscaler.PodPicture.Owner;
import dev.fleetwright.simulator.autoscaler.PodPicture.SafeToEvict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AutoscalerTest {
    private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");

    /** Scans every ten seconds for a while; what it did first, and when. */
    private static String firstAction(Sketch sketch, Profile profile, Duration span, NodeGroup... groups) {
        var autoscaler = new Autoscaler(profile, new SplittableRandom(1));
        Memory memory = Memory.NONE;
        for (Instant now = START; !now.isAfter(START.plus(span)); now = now.plusSeconds(10)) {
            var decision = autoscaler.decide(sketch.picture(), List.of(groups), memory, now);
            memory = decision.memory();
            if (!decision.actions().isEmpty()) {
                return Duration.between(START, now).toMinutes() + "m " + decision.actions();
            }
        }
        return "nothing";
    }

    private static String firstAction(Sketch sketch, NodeGroup... groups) {
        return firstAction(sketch, profile(), Duration.ofHours(1), groups);
    }

    @Test
    void emptyNodesGoTogetherAfterTheUnneededTimeDownToTheMinimum() {
        var sketch = new Sketch().node("n0", "blue").node("n1", "blue").node("n2", "blue");
        assertThat(firstAction(sketch, group("blue", 1, 5, 3))).isEqualTo("10m [Shrink[nodes=[n0, n1], drain=false]]");
    }

    @Test
    void aNodeInUseIsDrainedWhenItsPodsFindRoomElsewhere() {
        var sketch = new Sketch().node("n0", "blue", pod("a", 1000)).node("n1", "blue", pod("b", 1500));
        assertThat(firstAction(sketch, group("blue", 1, 5, 2))).isEqualTo("10m [Shrink[nodes=[n0], drain=true]]");
    }

    @Test
    void aNodeStaysWhenItsPodsFindNoRoomElsewhere() {
        var sketch = new Sketch().node("n0", "blue", pod("a", 1900)).node("n1", "blue", pod("b", 3000));
        assertThat(firstAction(sketch, group("blue", 1, 5, 2))).isEqualTo("nothing");
    }

    @Test
    void aBusyNodeStays() {
        var sketch = new Sketch().node("n0", "blue", pod("a", 2000)).node("n1", "blue", pod("b", 2000));
        assertThat(firstAction(sketch, group("blue", 1, 5, 2))).isEqualTo("nothing");
        assertThat(firstAction(
                        sketch,
                        profile("scale-down-utilization-threshold", "0.6"),
                        Duration.ofHours(1),
                        group("blue", 1, 5, 2)))
                .startsWith("10m [Shrink");
    }

    @Test
    void whatMustNotBeEvictedKeepsItsNode() {
        var groups = new NodeGroup[] {group("blue", 1, 5, 2)};
        var bare = pod("bare", 100, Placement.ANYWHERE, Owner.NOBODY);
        var system = in("kube-system", pod("dns", 100));
        var unsafe = saying(SafeToEvict.NO, pod("unsafe", 100));
        for (PodPicture pod : List.of(bare, system, unsafe)) {
            var sketch = new Sketch().node("n0", "blue", pod).node("n1", "blue", pod("b", 3000));
            assertThat(firstAction(sketch, groups)).as(pod.name()).isEqualTo("nothing");
        }
        for (PodPicture pod : List.of(
                saying(SafeToEvict.YES, bare),
                pod("agent", 100, Placement.ANYWHERE, Owner.DAEMON_SET),
                pod("static", 100, Placement.ANYWHERE, Owner.NODE))) {
            var sketch = new Sketch().node("n0", "blue", pod).node("n1", "blue", pod("b", 3000));
            assertThat(firstAction(sketch, groups)).as(pod.name()).startsWith("10m [Shrink[nodes=[n0]");
        }
    }

    @Test
    void aDisruptionBudgetThatAllowsNothingKeepsTheNode() {
        var sketch = new Sketch().node("n0", "blue", pod("a", 100)).node("n1", "blue", pod("b", 3000));
        sketch.budgets.add(new Budget("default", List.of(Requirement.is("app", "web")), 0));
        assertThat(firstAction(sketch, group("blue", 1, 5, 2))).isEqualTo("nothing");
        sketch.budgets.set(0, new Budget("default", List.of(Requirement.is("app", "web")), 1));
        assertThat(firstAction(sketch, group("blue", 1, 5, 2))).startsWith("10m [Shrink");
    }

    @Test
    void afterNodesWereAddedNothingGoesForAWhile() {
        var sketch = new Sketch().node("n0", "blue").node("n1", "blue");
        var autoscaler = new Autoscaler(profile("scale-down-unneeded-time", "0s"), new SplittableRandom(1));
        var groups = List.of(group("blue", 1, 5, 2));
        var memory = Memory.NONE.added(START);
        Instant soon = START.plus(Duration.ofMinutes(9));
        Instant later = START.plus(Duration.ofMinutes(10));
        assertThat(autoscaler.decide(sketch.picture(), groups, memory, soon).actions())
                .isEmpty();
        assertThat(autoscaler.decide(sketch.picture(), groups, memory, later).actions())
                .hasSize(1);
    }

    @Test
    void aNodeThatIsNeededAgainBeginsItsTimeAnew() {
        var idle = new Sketch().node("n0", "blue").node("n1", "blue").picture();
        var busy = new Sketch()
                .node("n0", "blue", pod("a", 3000))
                .node("n1", "blue", pod("b", 3000))
                .picture();
        var autoscaler = new Autoscaler(profile(), new SplittableRandom(1));
        var groups = List.of(group("blue", 1, 5, 2));
        var memory = autoscaler.decide(idle, groups, Memory.NONE, START).memory();
        memory = autoscaler.decide(busy, groups, memory, START.plusSeconds(300)).memory();
        var decision = autoscaler.decide(idle, groups, memory, START.plusSeconds(660));
        assertThat(decision.actions()).isEmpty();
    }

    @Test
    void aMachineThatDoesNotBecomeANodeInTimeIsGivenUpAndItsPoolLeftAloneForAWhile() {
        var sketch = new Sketch().pending(pod("a", 4000), pod("b", 4000));
        var blue = booting(group("blue", 0, 5, 1), "m0");
        var autoscaler = new Autoscaler(profile(), new SplittableRandom(1));
        var memory = autoscaler
                .decide(sketch.picture(), List.of(blue), Memory.NONE, START)
                .memory();
        Instant late = START.plus(Duration.ofMinutes(15));
        var decision = autoscaler.decide(sketch.picture(), List.of(blue), memory, late);
        assertThat(decision.actions()).containsExactly(new Action.GiveUp("blue", "m0"));
        var without = group("blue", 0, 5, 0);
        memory = decision.memory();
        assertThat(autoscaler
                        .decide(sketch.picture(), List.of(without), memory, late.plusSeconds(60))
                        .actions())
                .isEmpty();
        assertThat(autoscaler
                        .decide(sketch.picture(), List.of(without), memory, late.plus(Autoscaler.BACK_OFF))
                        .actions())
                .containsExactly(new Action.Grow("blue", 2));
    }

    @Test
    void aClusterWithTooManyUnreadyNodesIsLeftAlone() {
        var sketch = new Sketch().pending(pod("a", 4000)).node("n0", "blue");
        for (int i = 1; i < 5; i++) {
            sketch.unready("n" + i, "blue", Duration.ofHours(1));
        }
        assertThat(firstAction(sketch, group("blue", 0, 9, 5))).isEqualTo("nothing");
    }

    @Test
    void aNodeThatIsNotReadyForLongGoes() {
        var sketch = new Sketch().node("n0", "blue", pod("a", 3000)).unready("n1", "blue", Duration.ofMinutes(25));
        assertThat(firstAction(sketch, group("blue", 1, 9, 2))).contains("Shrink[nodes=[n1]");
    }

    @Test
    void poolsThatAksWorksOnAreLeftAlone() {
        var busy = new NodeGroup("blue", 0, 9, 1, List.of(), false, Sketch.template("blue"));
        var sketch = new Sketch().node("n0", "blue").pending(pod("a", 4000), pod("b", 4000));
        assertThat(firstAction(sketch, busy)).isEqualTo("nothing");
    }
}
