package dev.fleetwright.simulator.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.simulator.upgrade.UpgradeNode.Mark;
import dev.fleetwright.simulator.upgrade.UpgradeStep.Result;
import dev.fleetwright.testing.Gen;
import dev.fleetwright.testing.Property;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RollingUpgradeTest {
    /** A pool in miniature: carries steps out at once and keeps count of what it costs. */
    private static final class Pool {
        private final Map<String, UpgradeNode> nodes = new LinkedHashMap<>();
        private final Set<String> undrainable;
        private final SurgePlan plan;
        private final RollingUpgrade upgrade;
        final List<String> log = new ArrayList<>();
        int most;
        int fewestReady = Integer.MAX_VALUE;

        Pool(int size, SurgePlan plan, Undrainable behaviour, int maxBlocked, Set<String> undrainable) {
            for (int i = 0; i < size; i++) {
                put(new UpgradeNode("n" + i, false, true, false, Mark.NONE));
            }
            this.undrainable = undrainable;
            this.plan = plan;
            this.upgrade = new RollingUpgrade(behaviour, maxBlocked);
        }

        private void put(UpgradeNode node) {
            nodes.put(node.name(), node);
        }

        UpgradeStep next() {
            return upgrade.next(List.copyOf(nodes.values()), plan);
        }

        UpgradeStep.Finish run() {
            for (int i = 0; i < 1000; i++) {
                most = Math.max(most, nodes.size());
                fewestReady = Math.min(fewestReady, (int) nodes.values().stream()
                        .filter(node -> node.mark() == Mark.NONE)
                        .count());
                UpgradeStep step = next();
                log.add(step.toString());
                switch (step) {
                    case UpgradeStep.AddSurge add -> {
                        for (int n = 0; n < add.count(); n++) {
                            put(new UpgradeNode("s" + i + "-" + n, true, true, true, Mark.NONE));
                        }
                    }
                    case UpgradeStep.Replace replace -> replace.nodes().forEach(this::busy);
                    case UpgradeStep.Wait _ -> oneGetsReady();
                    case UpgradeStep.RemoveSurge remove -> remove.nodes().forEach(nodes::remove);
                    case UpgradeStep.Finish finish -> {
                        return finish;
                    }
                }
            }
            throw new AssertionError("no end: " + log);
        }

        private void busy(String name) {
            assertThat(nodes.get(name)).isNotNull().matches(node -> node.mark() == Mark.NONE && !node.upToDate());
            put(new UpgradeNode(name, false, true, false, Mark.BUSY));
        }

        private void oneGetsReady() {
            var busy = nodes.values().stream()
                    .filter(node -> node.mark() == Mark.BUSY)
                    .findFirst();
            assertThat(busy)
                    .as("somebody must be at work while it waits: %s", log)
                    .isPresent();
            String name = busy.get().name();
            boolean blocked = undrainable.contains(name);
            put(new UpgradeNode(name, false, true, !blocked, blocked ? Mark.BLOCKED : Mark.NONE));
        }

        long left(boolean surge) {
            return nodes.values().stream().filter(node -> node.surge() == surge).count();
        }
    }

    @Test
    void surgeNodesComeFirstEveryNodeIsMadeAnewAndTheSurgeNodesGo() {
        var pool = new Pool(3, new SurgePlan(1, 0), Undrainable.SCHEDULE, 1, Set.of());
        assertThat(pool.run().result()).isEqualTo(Result.SUCCEEDED);
        assertThat(pool.log.getFirst()).startsWith("AddSurge");
        assertThat(pool.nodes.keySet()).containsExactly("n0", "n1", "n2");
        assertThat(pool.nodes.values()).allMatch(UpgradeNode::upToDate);
        assertThat(pool.most).isEqualTo(4);
        assertThat(pool.fewestReady).isEqualTo(3);
    }

    @Test
    void noNodeIsTouchedBeforeTheSurgeNodesHaveJoined() {
        var upgrade = new RollingUpgrade(Undrainable.SCHEDULE, 1);
        var old = new UpgradeNode("n0", false, true, false, Mark.NONE);
        var booting = new UpgradeNode("s0", true, false, true, Mark.NONE);
        assertThat(upgrade.next(List.of(old, booting), new SurgePlan(1, 0))).isEqualTo(new UpgradeStep.Wait());
    }

    @Test
    void withScheduleAnUndrainableNodeStaysAsItIsTheOthersAreUpgradedAndTheUpgradeFails() {
        var pool = new Pool(4, new SurgePlan(1, 0), Undrainable.SCHEDULE, 1, Set.of("n1"));
        assertThat(pool.run()).isEqualTo(new UpgradeStep.Finish(Result.FAILED, List.of("n1")));
        assertThat(pool.nodes.values().stream().filter(UpgradeNode::upToDate)).hasSize(3);
        assertThat(pool.left(true)).isZero();
    }

    @Test
    void whereScheduleStopsTheOtherNodesAreLeftAsTheyAre() {
        var pool = new Pool(4, new SurgePlan(1, 0), Undrainable.SCHEDULE_AND_STOP, 1, Set.of("n1"));
        assertThat(pool.run()).isEqualTo(new UpgradeStep.Finish(Result.FAILED, List.of("n1")));
        assertThat(pool.nodes.values().stream().filter(UpgradeNode::upToDate)).hasSize(1);
        assertThat(pool.left(true)).isZero();
    }

    @Test
    void withCordonEachUndrainableNodeKeepsASurgeNodeAndTheUpgradeFails() {
        var pool = new Pool(4, new SurgePlan(2, 0), Undrainable.CORDON, 2, Set.of("n1"));
        assertThat(pool.run()).isEqualTo(new UpgradeStep.Finish(Result.FAILED, List.of("n1")));
        assertThat(pool.left(true)).isEqualTo(1);
        assertThat(pool.left(false)).isEqualTo(4);
    }

    @Test
    void withCordonAnUpgradeThatRunsOutOfSurgeNodesIsCanceled() {
        var pool = new Pool(4, new SurgePlan(1, 0), Undrainable.CORDON, 1, Set.of("n1"));
        assertThat(pool.run()).isEqualTo(new UpgradeStep.Finish(Result.CANCELED, List.of("n1")));
        assertThat(pool.nodes.values().stream().filter(node -> !node.surge() && node.upToDate()))
                .extracting(UpgradeNode::name)
                .containsExactly("n0");
    }

    @Test
    void withoutSurgeAsManyNodesAsMayBeMissingGoTogether() {
        var pool = new Pool(5, new SurgePlan(0, 2), Undrainable.SCHEDULE, 0, Set.of());
        assertThat(pool.run().result()).isEqualTo(Result.SUCCEEDED);
        assertThat(pool.most).isEqualTo(5);
        assertThat(pool.fewestReady).isEqualTo(3);
    }

    @Test
    void anUpgradeThatIsTakenUpAgainDoesOnlyWhatIsLeft() {
        var upgrade = new RollingUpgrade(Undrainable.SCHEDULE, 1);
        var nodes = List.of(
                new UpgradeNode("n0", false, true, true, Mark.NONE),
                new UpgradeNode("n1", false, true, false, Mark.NONE),
                new UpgradeNode("s0", true, true, true, Mark.NONE));
        assertThat(upgrade.next(nodes, new SurgePlan(1, 0))).isEqualTo(new UpgradeStep.Replace(List.of("n1")));
    }

    private record Case(int size, SurgePlan plan, Undrainable behaviour, int maxBlocked, Set<String> undrainable) {}

    @Test
    void everyUpgradeEndsWithEveryNodeUpgradedOrAccountedFor() {
        Gen<Case> cases = random -> {
            int size = Gen.ints(0, 12).next(random);
            int surge = Math.min(size, Gen.ints(0, 4).next(random));
            int unavailable = Gen.ints(0, 3).next(random);
            var undrainable = new TreeSet<String>();
            for (int i = 0; i < size; i++) {
                if (Gen.chance(20).next(random)) {
                    undrainable.add("n" + i);
                }
            }
            return new Case(
                    size,
                    new SurgePlan(surge, unavailable),
                    Gen.enumOf(Undrainable.class).next(random),
                    surge,
                    undrainable);
        };
        Property.check("a rolling upgrade ends and loses nobody", 2_000, cases, given -> {
            var pool = new Pool(given.size(), given.plan(), given.behaviour(), given.maxBlocked(), given.undrainable());
            var end = pool.run();
            assertThat(pool.left(false)).isEqualTo(given.size());
            assertThat(pool.most)
                    .isLessThanOrEqualTo(given.size() + given.plan().surge());
            assertThat(given.undrainable()).containsAll(end.blocked());
            boolean allDone = pool.nodes.values().stream().allMatch(UpgradeNode::upToDate);
            assertThat(end.result() == Result.SUCCEEDED).isEqualTo(allDone);
            if (end.result() == Result.FAILED && given.behaviour() != Undrainable.SCHEDULE_AND_STOP) {
                assertThat(end.blocked()).hasSameElementsAs(given.undrainable());
            }
            assertThat(pool.left(true))
                    .isEqualTo(
                            given.behaviour() == Undrainable.CORDON
                                    ? Math.min(
                                            end.blocked().size(), given.plan().surge())
                                    : 0);
        });
    }
}
