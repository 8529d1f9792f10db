package dev.fleetwright.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.api.v1alpha1.ErrorRecord;
import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import dev.fleetwright.core.error.StallRule;
import dev.fleetwright.testing.Gen;
import dev.fleetwright.testing.Property;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class FailurePolicyTest {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private final FailurePolicy policy = new FailurePolicy(Duration.ofMinutes(30), UnaryOperator.identity());

    /** A step of a life: time passes, then a pass fails in some way, or succeeds. */
    private record Step(Duration pause, ErrorCode code, boolean writing, boolean succeeds) {}

    private static final Gen<List<Step>> LIVES = random -> {
        var pause = Gen.durations(Duration.ZERO, Duration.ofMinutes(40));
        var code = Gen.enumOf(ErrorCode.class);
        Gen<Step> step = r -> new Step(
                pause.next(r), code.next(r), r.nextBoolean(), Gen.chance(20).next(r));
        return step.listOf(1, 25).next(random);
    };

    @Test
    void inEveryLifeTheRulesOfFailureHold() {
        Property.checkSequence("failures", 1000, LIVES, steps -> {
            var now = T0;
            var conditions = Conditions.of(List.of(), 1, now);
            List<ErrorRecord> errors = List.of();
            for (var step : steps) {
                now = now.plus(step.pause());
                var before = Conditions.of(conditions.list(), 1, now);
                if (step.succeeds()) {
                    conditions = before.ready("Healthy", "");
                    errors = policy.overcome(conditions, errors);
                    assertThat(errors).isEmpty();
                    continue;
                }
                var failure = policy.failed(before, errors, FleetException.of(step.code(), "m"), step.writing());
                check(before, step, failure);
                conditions = failure.conditions();
                errors = failure.lastErrors();
            }
        });
    }

    private static void check(Conditions before, Step step, Failure failure) {
        var after = failure.conditions();
        assertThat(after.isTrue("Stalled") && after.isTrue("Reconciling"))
                .as("never both")
                .isFalse();
        assertThat(before.isTrue("Stalled") && !after.isTrue("Stalled"))
                .as("a failure clears no Stalled")
                .isFalse();
        assertThat(after.isTrue("Stalled") && after.isTrue("Ready"))
                .as("stalled is not ready")
                .isFalse();
        assertThat(failure.delay()).as("something comes next").isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(failure.lastErrors()).hasSizeBetween(1, 5);
        assertThat(failure.lastErrors().getFirst().code()).isEqualTo(step.code().code());
        assertThat(failure.lastErrors()).extracting(ErrorRecord::code).doesNotHaveDuplicates();
        if (step.code().stallRule() instanceof StallRule.AtOnce) {
            assertThat(after.isTrue("Stalled")).isTrue();
        }
        if (step.code().stallRule() instanceof StallRule.Never && !before.isTrue("Stalled")) {
            assertThat(after.isTrue("Stalled")).isFalse();
        }
        boolean shown = after.list().stream()
                .anyMatch(c -> c.getReason().equals(step.code().reason()));
        boolean stalledOtherwise = before.isTrue("Stalled");
        boolean stillYoung = step.code() == ErrorCode.REMOTE_UNREACHABLE && before.isTrue("Ready");
        boolean repetition = after.list().stream().anyMatch(c -> c.getReason().equals("CompetingWriter"));
        assertThat(shown || stalledOtherwise || stillYoung || repetition)
                .as("no failure is silent")
                .isTrue();
    }

    @Test
    void attemptsSlowDownWhileAChangeIsOnItsWayEvenIfPassesBetweenSucceed() {
        var quota = FleetException.of(ErrorCode.RESOURCES_DEPLETED, "no zone has it");
        var first = policy.failed(Conditions.of(List.of(), 1, T0), List.of(), quota, true);
        var later = T0.plus(Duration.ofMinutes(6));
        var submitted = Conditions.of(first.conditions().list(), 1, later).reconciling("Creating", "");
        var kept = policy.overcome(submitted, first.lastErrors());
        assertThat(kept).hasSize(1);
        assertThat(kept.getFirst().nextTry()).isNull();
        var second = policy.failed(submitted, kept, quota, true);
        assertThat(second.delay()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void theTimeTheOtherSideAsksForBeatsThePace() {
        var throttled = FleetException.of(ErrorCode.RATE_LIMITS_EXCEEDED, "m").withRetryAfter(Duration.ofSeconds(3));
        var failure = policy.failed(Conditions.of(List.of(), 1, T0), List.of(), throttled, true);
        assertThat(failure.delay()).isEqualTo(Duration.ofSeconds(3));
    }
}
