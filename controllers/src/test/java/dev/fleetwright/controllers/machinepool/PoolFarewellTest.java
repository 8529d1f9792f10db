package dev.fleetwright.controllers.machinepool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolStatus;
import dev.fleetwright.azure.AgentPoolState;
import dev.fleetwright.azure.OwnerTag;
import dev.fleetwright.controllers.machinepool.PoolObservation.ControlPlaneFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PoolFarewellTest {
    private static final String GOING = ", deletionTimestamp: \"2026-11-21T21:00:00Z\", finalizers: [a/b]";
    private static final AgentPoolState SYSTEM = Pools.state("sys", "Succeeded", "System", 1, Pools.OURS);

    private final MachinePool object = Pools.object("User", 3, "");

    private PoolDecision decide(PoolObservation seen) {
        return PoolFarewell.decide(Pools.pass(object, MachinePoolStatus.empty().withId("/x/y")), seen);
    }

    private static PoolSight sight(AgentPoolState pool, AgentPoolState... others) {
        var all = new ArrayList<>(List.of(others));
        all.add(pool);
        return new PoolSight.Seen(Pools.cluster("Succeeded", all.toArray(AgentPoolState[]::new)), pool);
    }

    private static AgentPoolState apps(String state, OwnerTag owner) {
        return Pools.state("apps", state, "User", 3, owner);
    }

    private static PoolObservation with(PoolObservation s, Optional<ControlPlaneFacts> facts, boolean drain) {
        return new PoolObservation(
                s.anchor(), s.paused(), facts, s.sight(), s.operation(), s.machines(), s.nodes(), drain);
    }

    @Test
    void aPoolOfALivingClusterIsDeletedUnderItsTag() {
        assertThat(decide(Pools.seen(sight(apps("Succeeded", Pools.OURS), SYSTEM))))
                .isEqualTo(new PoolDecision.Delete(Optional.of("\"tag\"")));
        assertThat(decide(Pools.seen(sight(apps("Failed", Pools.OURS), SYSTEM))))
                .isInstanceOf(PoolDecision.Delete.class);
    }

    @Test
    void thePoolsOfAGoingClusterGoWithIt() {
        var seen = Pools.in(Pools.seen(sight(apps("Succeeded", Pools.OURS), SYSTEM)), Pools.anchor(GOING));
        assertThat(decide(seen))
                .isInstanceOfSatisfying(
                        PoolDecision.Wait.class,
                        w -> assertThat(w.reason()).isEqualTo("WaitingForControlPlaneDeletion"));
        assertThat(decide(Pools.in(Pools.seen(new PoolSight.NoCluster()), Pools.anchor(GOING))))
                .isInstanceOfSatisfying(
                        PoolDecision.Leave.class, l -> assertThat(l.reason()).isEqualTo("DeletedWithControlPlane"));
    }

    @Test
    void theLastSystemPoolIsNotDeletedAlone() {
        assertThat(decide(Pools.seen(sight(SYSTEM, apps("Succeeded", Pools.OURS)))))
                .isInstanceOfSatisfying(
                        PoolDecision.Refuse.class, r -> assertThat(r.reason()).isEqualTo("LastSystemPool"));
        var second = Pools.state("sys2", "Succeeded", "System", 1, Pools.OURS);
        assertThat(decide(Pools.seen(sight(SYSTEM, second)))).isInstanceOf(PoolDecision.Delete.class);
    }

    @Test
    void aPoolThatIsNotOursStaysInAzure() {
        assertThat(decide(Pools.seen(sight(apps("Succeeded", new OwnerTag("a", "b", "c")), SYSTEM))))
                .isInstanceOfSatisfying(
                        PoolDecision.Leave.class, l -> assertThat(l.reason()).isEqualTo("NotOurs"));
    }

    @Test
    void nothingIsDeletedBeforeTheDrainOrDuringAnOperation() {
        var seen = Pools.seen(sight(apps("Succeeded", Pools.OURS), SYSTEM));
        assertThat(decide(with(seen, seen.controlPlane(), true))).isInstanceOf(PoolDecision.Wait.class);
        assertThat(decide(Pools.seen(sight(apps("Scaling", Pools.OURS), SYSTEM))))
                .isInstanceOf(PoolDecision.Follow.class);
        var busy = Pools.state("sys", "Updating", "System", 1, Pools.OURS);
        assertThat(decide(Pools.seen(sight(apps("Succeeded", Pools.OURS), busy))))
                .isInstanceOf(PoolDecision.Wait.class);
    }

    @Test
    void withoutAControlPlaneThereIsNothingToDelete() {
        var seen = Pools.seen(new PoolSight.NotLooked());
        assertThat(decide(with(seen, Optional.empty(), false))).isInstanceOf(PoolDecision.Leave.class);
        assertThat(decide(with(seen, Optional.of(new ControlPlaneFacts(false, false, false)), false)))
                .isInstanceOf(PoolDecision.Leave.class);
        assertThat(decide(with(seen, Optional.of(new ControlPlaneFacts(true, true, false)), false)))
                .as("a creation that runs may have this pool inside")
                .isInstanceOf(PoolDecision.Wait.class);
    }

    @Test
    void notKnowingNeverDeletes() {
        assertThat(decide(Pools.seen(new PoolSight.NotLooked()))).isInstanceOf(PoolDecision.Wait.class);
    }
}
