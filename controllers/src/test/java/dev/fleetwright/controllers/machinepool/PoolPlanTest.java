package dev.fleetwright.controllers.machinepool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.api.v1alpha1.ErrorRecord;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolSpec;
import dev.fleetwright.api.v1alpha1.MachinePoolStatus;
import dev.fleetwright.azure.OwnerTag;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolPlanTest {
    private final MachinePool wanted = Pools.linked(Pools.object("User", 3, ""));
    private final MachinePoolStatus known = MachinePoolStatus.empty().withId("/x/y");

    private PoolDecision decide(MachinePool object, MachinePoolStatus status, PoolSight sight) {
        return PoolPlan.decide(Pools.pass(object, status), Pools.seen(sight));
    }

    private static PoolSight seen(String state, int count, OwnerTag owner) {
        var pool = Pools.state("apps", state, "User", count, owner);
        return new PoolSight.Seen(Pools.cluster("Succeeded", pool), pool);
    }

    @Test
    void aPoolThatIsAsWantedRests() {
        assertThat(decide(wanted, known, seen("Succeeded", 3, Pools.OURS))).isInstanceOf(PoolDecision.Rest.class);
    }

    @Test
    void anAbsentPoolIsCreatedOnceTheClusterIsIdle() {
        assertThat(decide(wanted, known, new PoolSight.NoPool(Pools.cluster("Succeeded"))))
                .isInstanceOf(PoolDecision.Create.class);
        assertThat(decide(wanted, known, new PoolSight.NoPool(Pools.cluster("Updating"))))
                .isInstanceOfSatisfying(
                        PoolDecision.Wait.class, w -> assertThat(w.reason()).isEqualTo("WaitingForOperation"));
        var other = Pools.state("other", "Upgrading", "User", 1, Pools.OURS);
        assertThat(decide(wanted, known, new PoolSight.NoPool(Pools.cluster("Succeeded", other))))
                .isInstanceOfSatisfying(
                        PoolDecision.Wait.class, w -> assertThat(w.message()).contains("other is Upgrading"));
    }

    @Test
    void nothingIsWrittenWhileAnOperationRunsThatIsNotOurs() {
        for (String state : List.of("Updating", "Scaling", "Deleting", "SomethingNew")) {
            assertThat(decide(wanted, known, seen(state, 1, Pools.OURS)))
                    .as(state)
                    .isInstanceOf(PoolDecision.Follow.class);
        }
    }

    @Test
    void anotherCountIsScaledAndAnotherLabelUpdated() {
        assertThat(decide(wanted, known, seen("Succeeded", 1, Pools.OURS)))
                .isInstanceOfSatisfying(
                        PoolDecision.Update.class, u -> assertThat(u.kind()).isEqualTo("Scale"));
    }

    @Test
    void aCountThatSomebodyElseOwnsIsNotCompared() {
        wanted.getMetadata().setAnnotations(Map.of("cluster.x-k8s.io/replicas-managed-by", "keda"));
        assertThat(decide(wanted, known, seen("Succeeded", 9, Pools.OURS))).isInstanceOf(PoolDecision.Rest.class);
    }

    @Test
    void aPoolOfSomebodyElseIsRefusedUnlessItMayBeAdopted() {
        var foreign = new OwnerTag("other", "pool", "uid-2");
        for (var status : List.of(known, MachinePoolStatus.empty())) {
            assertThat(decide(wanted, status, seen("Succeeded", 1, foreign)))
                    .isInstanceOfSatisfying(
                            PoolDecision.Refuse.class,
                            r -> assertThat(r.reason()).isEqualTo("AlreadyExists"));
        }
        assertThat(decide(wanted, MachinePoolStatus.empty(), seen("Succeeded", 3, null)))
                .isInstanceOf(PoolDecision.Refuse.class);
        wanted.getMetadata().setAnnotations(Map.of("fleetwright.dev/adopt", "true"));
        assertThat(decide(wanted, MachinePoolStatus.empty(), seen("Succeeded", 3, foreign)))
                .isInstanceOf(PoolDecision.Update.class);
    }

    @Test
    void aTagThatWasTakenOffIsPutBack() {
        assertThat(decide(wanted, known, seen("Succeeded", 3, null)))
                .isInstanceOfSatisfying(
                        PoolDecision.Update.class, u -> assertThat(u.message()).contains("fleetwright.owner"));
    }

    @Test
    void aVersionAboveTheControlPlaneWaitsAndOneBelowIsRefused() {
        assertThat(decide(Pools.linked(Pools.object("User", 3, "1.35")), known, seen("Succeeded", 3, Pools.OURS)))
                .isInstanceOfSatisfying(
                        PoolDecision.Wait.class,
                        w -> assertThat(w.reason()).isEqualTo("WaitingForControlPlaneVersion"));
        assertThat(decide(Pools.linked(Pools.object("User", 3, "1.33")), known, seen("Succeeded", 3, Pools.OURS)))
                .isInstanceOf(PoolDecision.Refuse.class);
        // what can be done is done meanwhile
        assertThat(decide(Pools.linked(Pools.object("User", 5, "1.35")), known, seen("Succeeded", 3, Pools.OURS)))
                .isInstanceOfSatisfying(
                        PoolDecision.Update.class,
                        u -> assertThat(u.wanted().version()).isNull());
    }

    @Test
    void aFailedPoolIsTriedAgainButNotBeforeItsTime() {
        assertThat(decide(wanted, known, seen("Failed", 3, Pools.OURS)))
                .isInstanceOfSatisfying(
                        PoolDecision.Update.class, u -> assertThat(u.kind()).isEqualTo("Repair"));
        var waiting = known.withObservedGeneration(2L)
                .withLastErrors(List.of(new ErrorRecord(
                        "ERR_INFRA_QUOTA_EXCEEDED",
                        "no cores",
                        Pools.NOW,
                        Pools.NOW,
                        1,
                        Pools.NOW.plus(Duration.ofMinutes(5)))));
        assertThat(decide(wanted, waiting, seen("Failed", 3, Pools.OURS)))
                .isInstanceOfSatisfying(
                        PoolDecision.Fail.class,
                        f -> assertThat(f.error().reason()).isEqualTo("QuotaExceeded"));
        assertThat(decide(wanted, waiting.withObservedGeneration(1L), seen("Failed", 3, Pools.OURS)))
                .isInstanceOf(PoolDecision.Update.class);
    }

    @Test
    void whatAzureCannotChangeIsRefusedByName() {
        var other = Pools.linked(Pools.object("User", 3, ""));
        other.setSpec(Serialization.unmarshal(
                "---\n"
                        + "{clusterRef: {name: c}, name: apps, mode: User, replicas: 3, template: {vmSize:"
                        + " Standard_D8s_v5}}",
                MachinePoolSpec.class));
        var pool = Pools.state("apps", "Succeeded", "User", 3, Pools.OURS);
        var decision = decide(other, known, new PoolSight.Seen(Pools.cluster("Succeeded", pool), pool));
        // the label that is no longer wanted goes first, then the refusal remains
        assertThat(decision).isInstanceOf(PoolDecision.Update.class);
    }
}
