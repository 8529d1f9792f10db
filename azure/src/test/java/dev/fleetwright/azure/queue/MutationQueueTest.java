package dev.fleetwright.azure.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.testing.Gen;
import dev.fleetwright.testing.Property;
import dev.fleetwright.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MutationQueueTest {
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final ArmId CLUSTER = ArmId.managedCluster("s", "g", "c");
    private static final Requester A = new Requester("MachinePool", "fleet", "a");
    private static final Requester B = new Requester("MachinePool", "fleet", "b");
    private static final Requester C = new Requester("ManagedControlPlane", "fleet", "c");

    private final VirtualClock clock = VirtualClock.atNewYear();
    private final MutationQueue queue = new MutationQueue(LEASE);

    @Test
    void theFirstToAskGetsTheTurnAndTheOthersLearnBehindWhomTheyAre() {
        assertThat(ask(A)).isInstanceOf(Turn.Granted.class);
        assertThat(ask(B)).isEqualTo(new Turn.Waiting(A, 1, clock.instant().plus(LEASE)));
        assertThat(ask(C)).isEqualTo(new Turn.Waiting(A, 2, clock.instant().plus(LEASE)));
    }

    @Test
    void aReleasePassesTheTurnOnInTheOrderOfAsking() {
        ask(A);
        ask(B);
        ask(C);

        assertThat(queue.release(CLUSTER, A)).contains(B);
        assertThat(ask(C)).isInstanceOf(Turn.Waiting.class);
        assertThat(ask(B)).isInstanceOf(Turn.Granted.class);
    }

    @Test
    void askingAgainKeepsTheTurnForAsLongAsAnOperationTakes() {
        ask(A);
        ask(B);
        for (int i = 0; i < 30; i++) {
            clock.advance(Duration.ofMinutes(1));
            assertThat(ask(A)).isInstanceOf(Turn.Granted.class);
            assertThat(ask(B)).isInstanceOf(Turn.Waiting.class);
        }
    }

    @Test
    void whoStopsAskingLosesTheTurn() {
        ask(A);
        clock.advance(Duration.ofMinutes(1));
        ask(B);
        clock.advance(Duration.ofMinutes(1));

        assertThat(ask(B)).isInstanceOf(Turn.Granted.class);
        assertThat(ask(A)).isEqualTo(new Turn.Waiting(B, 1, clock.instant().plus(LEASE)));
    }

    @Test
    void whoStopsAskingLosesThePlace() {
        ask(A);
        ask(B);
        clock.advance(Duration.ofMinutes(1));
        ask(A);
        ask(C);
        clock.advance(Duration.ofMinutes(1));

        assertThat(queue.release(CLUSTER, A)).isPresent();
        assertThat(ask(C)).isInstanceOf(Turn.Granted.class);
    }

    @Test
    void anOperationFoundInStatusAfterARestartGoesBeforeThoseWhoOnlyWait() {
        ask(A);
        ask(B);
        assertThat(queue.resume(CLUSTER, C, clock.instant()))
                .isEqualTo(new Turn.Waiting(A, 1, clock.instant().plus(LEASE)));

        assertThat(queue.release(CLUSTER, A)).contains(C);
    }

    @Test
    void clustersDoNotWaitForEachOtherAndAnIdIsTheSameInAnyCase() {
        ask(A);

        assertThat(queue.tryAcquire(ArmId.managedCluster("s", "g", "other"), B, clock.instant()))
                .isInstanceOf(Turn.Granted.class);
        assertThat(queue.tryAcquire(ArmId.managedCluster("S", "G", "C"), B, clock.instant()))
                .isInstanceOf(Turn.Waiting.class);
    }

    private sealed interface Step {
        record Ask(Requester who) implements Step {}

        record Resume(Requester who) implements Step {}

        record Release(Requester who) implements Step {}

        record Wait(Duration time) implements Step {}
    }

    @Test
    void neverDoTwoHoldTheTurnAndNobodyOvertakesWhoKeepsAsking() {
        Gen<Requester> who = Gen.elements(A, B, C, new Requester("MachinePool", "fleet", "d"));
        Gen<Step> steps = random -> switch (random.nextInt(10)) {
            case 0, 1 -> new Step.Release(who.next(random));
            case 2, 3 -> new Step.Wait(Duration.ofSeconds(random.nextInt(1, 100)));
            case 4 -> new Step.Resume(who.next(random));
            default -> new Step.Ask(who.next(random));
        };
        Property.checkSequence("mutation queue", 500, steps.listOf(1, 80), MutationQueueTest::holds);
    }

    /** What the queue promised: to whom the turn belongs until when, and since when each one has been asking without a gap. */
    private static void holds(List<Step> steps) {
        MutationQueue queue = new MutationQueue(LEASE);
        VirtualClock clock = VirtualClock.atNewYear();
        Map<Requester, Instant> promised = new HashMap<>();
        Map<Requester, Integer> askingSince = new HashMap<>();
        Map<Requester, Instant> lastAsked = new HashMap<>();
        int number = 0;
        for (Step step : steps) {
            number++;
            Instant now = clock.instant();
            switch (step) {
                case Step.Wait(Duration time) -> clock.advance(time);
                case Step.Release(Requester who) -> {
                    queue.release(CLUSTER, who);
                    promised.remove(who);
                    askingSince.remove(who);
                }
                case Step.Resume(Requester who) -> check(queue.resume(CLUSTER, who, now), who, now, promised);
                case Step.Ask(Requester who) -> {
                    if (!askingSince.containsKey(who)
                            || !now.isBefore(lastAsked.get(who).plus(LEASE))) {
                        askingSince.put(who, number);
                    }
                    check(queue.tryAcquire(CLUSTER, who, now), who, now, promised);
                }
            }
            if (step instanceof Step.Ask(Requester who)) {
                lastAsked.put(who, now);
            } else if (step instanceof Step.Resume(Requester who)) {
                // One that resumes may overtake: it counts as having been there first.
                askingSince.put(who, 0);
                lastAsked.put(who, now);
            }
            if (step instanceof Step.Ask(Requester who) && promised.containsKey(who)) {
                for (var other : askingSince.entrySet()) {
                    boolean alive = now.isBefore(
                            lastAsked.getOrDefault(other.getKey(), Instant.MIN).plus(LEASE));
                    if (alive && !other.getKey().equals(who) && askingSince.get(who) != 0) {
                        assertThat(other.getValue() == 0 || other.getValue() > askingSince.get(who))
                                .as("%s holds the turn although %s asked before", who, other.getKey())
                                .isTrue();
                    }
                }
            }
        }
    }

    private static void check(Turn turn, Requester who, Instant now, Map<Requester, Instant> promised) {
        promised.values().removeIf(until -> !now.isBefore(until));
        switch (turn) {
            case Turn.Granted(Instant until) -> {
                promised.put(who, until);
                assertThat(promised).as("holders").hasSize(1);
            }
            case Turn.Waiting(Requester behind, int position, Instant until) -> {
                assertThat(behind).isNotEqualTo(who);
                assertThat(position).isPositive();
                assertThat(until).isAfter(now);
                assertThat(promised).as("who waits does not hold").doesNotContainKey(who);
            }
        }
    }

    private Turn ask(Requester who) {
        return queue.tryAcquire(CLUSTER, who, clock.instant());
    }
}
