package dev.fleetwright.nodepool.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolSpec;
import dev.fleetwright.api.v1alpha1.MachinePoolStatus;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.Nodepool;
import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus.Progress;
import dev.fleetwright.api.v1alpha1.ObjectRef;
import dev.fleetwright.testing.Gen;
import dev.fleetwright.testing.Property;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Edits at any time, in any order, against records that get as far as they get: the end is always one fitting pool. */
class NodepoolPlannerTest {
    /** What happens next. */
    enum Event {
        EDIT_SMALL,
        EDIT_BIG,
        EDIT_HUGE,
        EDIT_LABEL,
        UPGRADE,
        PASS,
        PROGRESS
    }

    private static final Gen<List<Event>> STORIES = Gen.weighted(List.of(
                    new Gen.Weighted<>(
                            1,
                            Gen.elements(
                                    Event.EDIT_SMALL,
                                    Event.EDIT_BIG,
                                    Event.EDIT_HUGE,
                                    Event.EDIT_LABEL,
                                    Event.UPGRADE)),
                    new Gen.Weighted<>(5, Gen.elements(Event.PASS, Event.PROGRESS))))
            .listOf(5, 80)
            .map(List::copyOf);

    @Test
    void whateverIsEditedTheEndIsOneFittingPool() {
        Property.checkSequence("planner", 300, STORIES, story -> {
            var world = new World();
            for (Event event : story) {
                world.happen(event);
                world.check();
            }
            for (int i = 0; i < 200; i++) {
                world.happen(Event.PASS);
                world.happen(Event.PROGRESS);
                world.check();
            }
            assertThat(world.pools).hasSize(1);
            assertThat(world.step()).isInstanceOf(NodepoolStep.Steady.class);
            MachinePool pool = world.pools.getFirst();
            assertThat(pool.getSpec().template().vmSize()).isEqualTo(world.size);
            assertThat(pool.getSpec().version()).isEqualTo("1.34." + world.patch);
            assertThat(pool.getSpec().template().labels()).containsEntry("v", "" + world.label);
        });
    }

    @Test
    void aNodepoolOfADeletedClusterIsNotDrained() {
        var world = new World();
        world.happen(Event.PASS);
        world.clusterGoing = true;
        assertThat(NodepoolPlanner.decideDeletion(world.situation())).isInstanceOf(NodepoolStep.DropPool.class);
        world.pools.clear();
        assertThat(NodepoolPlanner.decideDeletion(world.situation())).isInstanceOf(NodepoolStep.Gone.class);
    }

    @Test
    void aVersionAheadOfTheControlPlaneChangesNothing() {
        var world = new World();
        world.happen(Event.PASS);
        world.pinned = "1.35.0";
        assertThat(world.step())
                .isInstanceOfSatisfying(
                        NodepoolStep.Wait.class,
                        wait -> assertThat(wait.reason()).isEqualTo("VersionAheadOfControlPlane"));
    }

    @Test
    void anUnsettledControlPlaneIsNotFollowed() {
        var world = new World();
        world.happen(Event.PASS);
        world.patch = 9;
        world.upgrading = true;
        assertThat(world.step()).isInstanceOf(NodepoolStep.Steady.class);
        world.upgrading = false;
        assertThat(world.step()).isInstanceOf(NodepoolStep.Begin.class);
    }

    private static final class World {
        private final List<MachinePool> pools = new ArrayList<>();
        private final List<NodepoolReplacement> records = new ArrayList<>();
        private String size = "small";
        private String pinned = "";
        private int label;
        private int patch = 2;
        private boolean upgrading;
        private boolean clusterGoing;
        private int serial;

        void happen(Event event) {
            switch (event) {
                case EDIT_SMALL -> size = "small";
                case EDIT_BIG -> size = "big";
                case EDIT_HUGE -> size = "huge";
                case EDIT_LABEL -> label++;
                case UPGRADE -> patch++;
                case PASS -> carryOut(step());
                case PROGRESS -> progress();
            }
        }

        void check() {
            assertThat(pools).as("generations that hold nodes").hasSizeLessThanOrEqualTo(2);
            assertThat(records.stream().filter(r -> !Records.finished(r)).count())
                    .isLessThanOrEqualTo(1);
        }

        NodepoolStep step() {
            return NodepoolPlanner.decide(situation());
        }

        NodepoolSituation situation() {
            Nodepool nodepool = Serialization.unmarshal("""
                {"apiVersion": "fleetwright.dev/v1alpha1", "kind": "Nodepool",
                 "metadata": {"name": "web", "namespace": "fleet", "uid": "np"},
                 "spec": {"clusterRef": {"name": "c"}, "replicas": 3, "version": "%s",
                          "template": {"vmSize": "%s", "labels": {"v": "%d"}}}}
                """.formatted(pinned, size, label), Nodepool.class);
            ManagedControlPlane plane = Serialization.unmarshal(
                    """
                    {"apiVersion": "fleetwright.dev/v1alpha1", "kind": "ManagedControlPlane",
                     "metadata": {"name": "c", "generation": 1}, "spec": {"clusterRef": {"name": "c"}},
                     "status": {"version": "1.34.%d", "provisioningState": "%s", "observedGeneration": 1}}
                    """.formatted(patch, upgrading ? "Upgrading" : "Succeeded"), ManagedControlPlane.class);
            Set<String> taken = pools.stream().map(p -> p.getSpec().name()).collect(Collectors.toSet());
            return new NodepoolSituation(nodepool, true, clusterGoing, false, plane, pools, records, taken);
        }

        private void carryOut(NodepoolStep step) {
            switch (step) {
                case NodepoolStep.CreatePool(var name, long generation, var spec) ->
                    add(name.machinePool(), generation, spec);
                case NodepoolStep.UpdatePool(var pool, var spec) -> pool.setSpec(spec);
                case NodepoolStep.Begin begin -> {
                    var record = new NodepoolReplacement();
                    record.setMetadata(new ObjectMetaBuilder()
                            .withName("web-" + begin.number())
                            .withAnnotations(Map.of(
                                    Names.TEMPLATE_GENERATION, "" + begin.generation(), Names.WANTED, begin.wanted()))
                            .build());
                    record.setSpec(begin.spec());
                    record.setStatus(NodepoolReplacementStatus.empty().withPhase("Planning"));
                    records.add(record);
                }
                case NodepoolStep.Supersede(var running, String why) ->
                    running.setStatus(
                            running.getStatus().withPhase("Superseded").withResult("Superseded"));
                case NodepoolStep.DropPool(var pool) -> pools.remove(pool);
                case NodepoolStep.Forget(var record) -> records.remove(record);
                case NodepoolStep.Wait wait -> {}
                case NodepoolStep.LeaveTo leave -> {}
                case NodepoolStep.Steady steady -> {}
                case NodepoolStep.Gone gone -> {}
            }
        }

        /** The running record goes on by one phase, as the replacement would. */
        private void progress() {
            var running = situation().running();
            if (running.isEmpty()) {
                return;
            }
            var record = running.get();
            var status = record.getStatus();
            ObjectRef target = record.getSpec().target();
            boolean made =
                    pools.stream().anyMatch(p -> p.getMetadata().getName().equals(target.name()));
            record.setStatus(
                    switch (Records.phase(record)) {
                        case "Planning" -> status.withPhase("CreatingTarget");
                        case "CreatingTarget" -> {
                            DesiredPool desired = DesiredPool.of(situation().nodepool(), "1.34." + patch);
                            String wanted =
                                    record.getMetadata().getAnnotations().get(Names.WANTED);
                            if (!made && !desired.fingerprint().equals(wanted)) {
                                yield status;
                            }
                            if (!made) {
                                long generation = PoolState.generation(record);
                                PoolName name = PoolName.of("web", "np", generation, "Linux");
                                add(
                                        name.machinePool(),
                                        generation,
                                        desired.asNewPool(
                                                name,
                                                record.getSpec().clusterRef(),
                                                record.getSpec().nodepoolRef(),
                                                3));
                            }
                            yield status.withPhase("Draining");
                        }
                        case "Draining" -> {
                            int moved = status.progress() == null
                                    ? 0
                                    : status.progress().podsMoved();
                            yield moved >= 4
                                    ? status.withPhase("DeletingSources")
                                    : status.withProgress(new Progress("0/1", (moved + 1) + "/4", 0, 1, moved + 1, 0));
                        }
                        case "DeletingSources" -> {
                            Set<String> sources = record.getSpec().sources().stream()
                                    .map(ObjectRef::uid)
                                    .collect(Collectors.toSet());
                            pools.removeIf(p -> sources.contains(p.getMetadata().getUid()));
                            yield status.withPhase("Completed").withResult("Succeeded");
                        }
                        default -> status;
                    });
        }

        private void add(String name, long generation, MachinePoolSpec spec) {
            var pool = new MachinePool();
            pool.setMetadata(new ObjectMetaBuilder()
                    .withName(name)
                    .withUid("mp-" + serial++)
                    .withAnnotations(Map.of(Names.TEMPLATE_GENERATION, "" + generation))
                    .build());
            pool.setSpec(spec);
            pool.setStatus(MachinePoolStatus.empty());
            pools.add(pool);
        }
    }
}
