package dev.fleetwright.core.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.testing.Gen;
import dev.fleetwright.testing.Property;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConditionsTest {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private static Conditions at(Conditions before, int seconds) {
        return Conditions.of(before.list(), 1, T0.plusSeconds(seconds));
    }

    private static Conditions none() {
        return Conditions.of(List.of(), 1, T0);
    }

    @Test
    void theTransitionTimeMovesOnlyWhenTheStatusChanges() {
        var first = none().setFalse("Ready", "Creating", "pool is being created");
        var same = at(first, 60).setFalse("Ready", "Scaling", "pool is being scaled");
        var other = at(same, 120).setTrue("Ready", "Healthy", "");
        assertThat(first.since("Ready")).contains(T0);
        assertThat(same.since("Ready")).contains(T0);
        assertThat(same.find("Ready").orElseThrow().getReason()).isEqualTo("Scaling");
        assertThat(other.since("Ready")).contains(T0.plusSeconds(120));
    }

    @Test
    void aChangeInProgressLeavesAReadyObjectReady() {
        var working = none().ready("Healthy", "").reconciling("Scaling", "3 to 5 nodes");
        assertThat(working.isTrue("Ready")).isTrue();
        assertThat(working.isTrue("Reconciling")).isTrue();
    }

    @Test
    void aNewObjectIsNotReadyWhileItIsWorkedOn() {
        var working = none().reconciling("Creating", "managed cluster is being created");
        assertThat(working.is("Ready", ConditionStatus.FALSE)).isTrue();
        assertThat(working.find("Ready").orElseThrow().getReason()).isEqualTo("Creating");
    }

    @Test
    void whatIsNotTrueOfReconcilingAndStalledIsAbsent() {
        var conditions = none().reconciling("Creating", "").setFalse("Reconciling", "Done", "");
        assertThat(conditions.find("Reconciling")).isEmpty();
        assertThat(none().setUnknown("Stalled", "X", "").list()).isEmpty();
    }

    @Test
    void aChangeGivesANewSetAndLeavesTheOldOneAlone() {
        var before = none().ready("Healthy", "");
        before.stalled("QuotaExceeded", "no cores left");
        assertThat(before.isTrue("Ready")).isTrue();
        assertThat(before.find("Stalled")).isEmpty();
    }

    @Test
    void anUnreadableTimeIsUnknownAndNotAnError() {
        var odd = new Condition("yesterday", "m", 1L, "R", "True", "Ready");
        assertThat(Conditions.of(List.of(odd), 1, T0).since("Ready")).isEmpty();
    }

    @Test
    void longMessagesAreCut() {
        var message = none().setTrue("Ready", "R", "x".repeat(5000))
                .find("Ready")
                .orElseThrow()
                .getMessage();
        assertThat(message).hasSize(1024).endsWith("…");
    }

    private record Change(int kind, int seconds) {}

    @Test
    void noOrderOfChangesBreaksTheRulesOfTheRootConditions() {
        var changes = Gen.ints(0, 7).with(Gen.ints(0, 90), Change::new).listOf(1, 30);
        Property.checkSequence("root conditions keep their rules", 500, changes, list -> {
            var now = none();
            int time = 0;
            for (var change : list) {
                time += change.seconds();
                var before = at(now, time);
                var after = switch (change.kind()) {
                    case 0 -> before.ready("Healthy", "");
                    case 1 -> before.reconciling("Updating", "");
                    case 2 -> before.stalled("QuotaExceeded", "");
                    case 3 -> before.remove("Stalled");
                    case 4 -> before.setUnknown("Ready", "Silent", "");
                    case 5 -> before.setTrue("Stalled", "X", "");
                    case 6 -> before.setTrue("Reconciling", "X", "");
                    default -> before.setFalse("Available", "X", "");
                };
                assertThat(after.isTrue("Stalled") && after.isTrue("Reconciling"))
                        .isFalse();
                assertThat(after.list()).extracting(Condition::getType).isSorted();
                for (var condition : after.list()) {
                    var was = before.find(condition.getType());
                    boolean kept = was.isPresent() && was.get().getStatus().equals(condition.getStatus());
                    assertThat(after.since(condition.getType()))
                            .isEqualTo(kept ? before.since(condition.getType()) : Optional.of(after.now()));
                }
                now = after;
            }
        });
    }
}
