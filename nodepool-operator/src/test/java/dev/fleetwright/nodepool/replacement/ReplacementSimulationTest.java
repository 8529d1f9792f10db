package dev.fleetwright.nodepool.replacement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.api.Share;
import dev.fleetwright.api.v1alpha1.LocalRef;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementSpec;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus;
import dev.fleetwright.api.v1alpha1.ObjectRef;
import dev.fleetwright.nodepool.drain.DrainPolicy;
import dev.fleetwright.nodepool.drain.PodView;
import dev.fleetwright.nodepool.eviction.EvictionAnswer;
import dev.fleetwright.nodepool.node.NodeView;
import dev.fleetwright.nodepool.plan.DesiredPool;
import dev.fleetwright.nodepool.plan.Names;
import dev.fleetwright.nodepool.plan.PoolName;
import dev.fleetwright.testing.Gen;
import dev.fleetwright.testing.Property;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Whole runs against a cluster in memory, with late caches, processes that die between any two calls, nodes that arrive
 * late and a neighbour pool with the same instance numbers. The cluster itself judges every eviction and deletion.
 */
class ReplacementSimulationTest {
    private static final int LONGEST_RUN_SECONDS = 3_000;

    /** One run. */
    record Scenario(
            long seed,
            int nodes,
            List<SimCluster.Owner> owners,
            int crashPercent,
            boolean lateNode,
            int batchPercent) {}

    private static final Gen<Scenario> SCENARIOS = random -> new Scenario(
            random.nextLong(),
            1 + random.nextInt(5),
            owners(random),
            List.of(0, 3, 15).get(random.nextInt(3)),
            random.nextInt(4) == 0,
            List.of(1, 25, 50, 100).get(random.nextInt(4)));

    private static List<SimCluster.Owner> owners(RandomGenerator random) {
        return List.of(
                new SimCluster.Owner("ReplicaSet", "cart", 2 + random.nextInt(6), 1 + random.nextInt(6), 1),
                new SimCluster.Owner("ReplicaSet", "api", 1 + random.nextInt(9), 1 + random.nextInt(6), -1),
                new SimCluster.Owner("StatefulSet", "db", 1 + random.nextInt(4), 1 + random.nextInt(6), -1),
                new SimCluster.Owner("StatefulSet", "mq", 3, 1 + random.nextInt(6), 2));
    }

    @Test
    void everyRunEndsAndNoLawIsBrokenOnTheWay() {
        Property.check("replacement", 60, SCENARIOS, scenario -> new Run(scenario).toTheEnd());
    }

    /** The process dies here. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final class Run {
        private final Scenario scenario;
        private final RandomGenerator random;
        private final SimCluster cluster;
        private final SimFleet fleet;
        private final NodepoolReplacement record = new NodepoolReplacement();
        private final Set<String> neighbours = new HashSet<>();
        private NodepoolReplacementStatus status = NodepoolReplacementStatus.empty();
        private RunMemory memory = RunMemory.afterRestart(status);

        Run(Scenario scenario) {
            this.scenario = scenario;
            this.random = Property.random(scenario.seed());
            this.cluster = new SimCluster(random, Instant.parse("2026-01-01T00:00:00Z"));
            this.fleet = new SimFleet(cluster);
            fleet.createPool("old", 1, SimFleet.spec("old", "small", scenario.nodes()));
            fleet.createPool("neighbour", 1, SimFleet.spec("beside", "small", scenario.nodes()));
            scenario.owners().forEach(cluster::add);
            for (int i = 0; i < 60; i++) {
                fleet.tick();
                cluster.tick();
            }
            cluster.nodesOf("beside").forEach(node -> neighbours.add(node.uid()));
            MachinePool old = fleet.pool("old").orElseThrow();
            PoolName name = PoolName.of("web", "np-uid", 2, "Linux");
            record.setMetadata(new ObjectMetaBuilder()
                    .withName("web-1")
                    .withNamespace("fleet")
                    .withUid("record-uid")
                    .withAnnotations(Map.of(
                            Names.TEMPLATE_GENERATION,
                            "2",
                            Names.WANTED,
                            desired().fingerprint()))
                    .build());
            record.setSpec(new NodepoolReplacementSpec(
                    SimFleet.NODEPOOL,
                    new LocalRef("c"),
                    new ObjectRef(null, "MachinePool", "fleet", name.machinePool(), null),
                    List.of(ObjectRef.to(old)),
                    List.of()));
        }

        void toTheEnd() {
            int lateAt = scenario.lateNode() ? 20 + random.nextInt(60) : -1;
            for (int second = 0; second < LONGEST_RUN_SECONDS && status.result() == null; second++) {
                if (second == lateAt
                        && fleet.pool("old")
                                .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
                                .isPresent()) {
                    fleet.grow("old");
                }
                for (int i = 0; i < 3 && status.result() == null; i++) {
                    passOrCrash();
                }
                fleet.tick();
                cluster.tick();
                assertThat(cluster.faults).isEmpty();
                assertThat(fleet.faults).isEmpty();
                assertThat(cluster.touched).doesNotContainAnyElementsOf(neighbours);
            }
            assertThat(status.result())
                    .as(
                            "phase %s, %s, %s%n%s",
                            status.phase(), status.progress(), status.blockedPods(), cluster.livePods())
                    .isEqualTo("Succeeded");
            assertThat(fleet.pool("old")).isEmpty();
            assertThat(fleet.pools()).hasSize(2);
        }

        private void passOrCrash() {
            try {
                Observation observation = observe();
                Decision decision = ReplacementMachine.decide(observation);
                Outcome outcome = new StepRunner(Fanout.oneByOne())
                        .run(observation, decision.step(), fleet, Optional.of(new Fragile(cluster, this::maybeCrash)));
                Bookkeeping.Books books = Bookkeeping.after(observation, decision, outcome);
                memory = books.memory();
                maybeCrash();
                status = books.status();
            } catch (Crash crash) {
                memory = RunMemory.afterRestart(status);
            }
        }

        private Observation observe() {
            Workload workload = cluster.cache(3, random);
            String target = record.getSpec().target().name();
            return new Observation(
                    record,
                    status,
                    Optional.empty(),
                    Optional.empty(),
                    fleet.pool(target).orElse(null),
                    fleet.pools().stream()
                            .filter(pool -> pool.getMetadata().getName().equals("old"))
                            .toList(),
                    1,
                    desired(),
                    desired().fingerprint(),
                    Optional.empty(),
                    new RunPolicy(
                            new Share(scenario.batchPercent(), true),
                            Duration.ZERO,
                            Duration.ofSeconds(5),
                            DrainPolicy.DEFAULT),
                    Optional.of(workload),
                    "",
                    memory,
                    cluster.now);
        }

        private DesiredPool desired() {
            return new DesiredPool("User", SimFleet.template("big"), scenario.nodes(), null, "1.34.2");
        }

        private void maybeCrash() {
            if (random.nextInt(100) < scenario.crashPercent()) {
                throw new Crash();
            }
        }
    }

    /** The process may die before a call, or after it was carried out and before its answer arrived. */
    private record Fragile(SimCluster to, Runnable maybe) implements Actions.Cluster {
        @Override
        public EvictionAnswer evict(PodView pod) {
            maybe.run();
            EvictionAnswer answer = to.evict(pod);
            maybe.run();
            return answer;
        }

        @Override
        public EvictionAnswer delete(PodView pod, int graceSeconds) {
            return to.delete(pod, graceSeconds);
        }

        @Override
        public Optional<PodView> pod(String namespace, String name) {
            return to.pod(namespace, name);
        }

        @Override
        public List<PodView> podsOn(String node) {
            return to.podsOn(node);
        }

        @Override
        public List<NodeView> nodesOf(String agentPool) {
            return to.nodesOf(agentPool);
        }

        @Override
        public boolean mark(NodeView node, String replacementUid) {
            maybe.run();
            boolean written = to.mark(node, replacementUid);
            maybe.run();
            return written;
        }

        @Override
        public boolean unmark(NodeView node) {
            return to.unmark(node);
        }
    }
}
