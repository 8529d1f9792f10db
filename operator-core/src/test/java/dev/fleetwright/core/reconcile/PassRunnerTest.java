package dev.fleetwright.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetwright.api.v1alpha1.ErrorRecord;
import dev.fleetwright.core.condition.ConditionStatus;
import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import dev.fleetwright.core.event.EventRecorder;
import dev.fleetwright.core.status.Statuses;
import dev.fleetwright.core.status.WriteResult;
import dev.fleetwright.core.widget.Painter;
import dev.fleetwright.core.widget.Widget;
import dev.fleetwright.core.widget.WidgetStatus;
import dev.fleetwright.testing.VirtualClock;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PassRunnerTest {

    private final VirtualClock clock = VirtualClock.atNewYear();
    private final Painter painter = new Painter();
    private final FakeStatuses statuses = new FakeStatuses(Widget.named("fleet", "gate", "red"));
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Controller<Widget, WidgetStatus> controller = Controller.of(Widget.class, WidgetStatus.SHAPE)
            .loop(painter)
            .progressDeadline(Duration.ofMinutes(30))
            .build();

    private Next pass() {
        // A runner for each pass: whatever is remembered in memory only would be lost at a restart, too.
        var runner = new PassRunner<>(
                controller,
                statuses,
                new FailurePolicy(controller.progressDeadline(), UnaryOperator.identity()),
                EventRecorder.none(),
                new EdgeMetrics(metrics, "Widget"),
                clock);
        return runner.run(statuses.read(), painter);
    }

    private Conditions conditions() {
        return Conditions.of(statuses.status().conditions(), 1, clock.instant());
    }

    private ErrorRecord onlyError() {
        assertThat(statuses.status().lastErrors()).hasSize(1);
        return statuses.status().lastErrors().getFirst();
    }

    private static FleetException error(ErrorCode code) {
        return FleetException.of(code, "as told");
    }

    private void settle() {
        pass();
        pass();
        assertThat(conditions().isTrue("Ready")).isTrue();
    }

    @Test
    void aChangeIsMadeThenSeenThenNothingMoreIsWritten() {
        pass();
        assertThat(conditions().isTrue("Reconciling")).isTrue();
        assertThat(pass()).isEqualTo(Next.done());
        assertThat(conditions().isTrue("Ready")).isTrue();
        assertThat(conditions().find("Reconciling")).isEmpty();
        assertThat(statuses.status().observedGeneration()).isEqualTo(1);
        int writes = statuses.writes;
        clock.advance(Duration.ofHours(1));
        pass();
        assertThat(statuses.writes).isEqualTo(writes);
    }

    @Test
    void aFailedWriteShowsAsReconcilingWithTheReasonOfTheTableAndIsTriedAtItsPace() {
        painter.failWriting("gate", error(ErrorCode.OPERATION_IN_PROGRESS));
        assertThat(pass()).isEqualTo(Next.after(Duration.ofSeconds(30), "OperationInProgress"));
        assertThat(conditions().find("Reconciling").orElseThrow().getReason()).isEqualTo("OperationInProgress");
        assertThat(conditions().is("Ready", ConditionStatus.FALSE)).isTrue();
        assertThat(onlyError().code()).isEqualTo("ERR_OPERATION_IN_PROGRESS");
        assertThat(onlyError().nextTry()).isEqualTo(clock.instant().plusSeconds(30));
    }

    @Test
    void whatOnlyAPersonCanMendStallsAtOnceAndSuccessClearsIt() {
        painter.failWriting("gate", error(ErrorCode.QUOTA_EXCEEDED));
        pass();
        assertThat(conditions().isTrue("Stalled")).isTrue();
        assertThat(conditions().find("Reconciling")).isEmpty();
        painter.healWriting("gate");
        clock.advance(Duration.ofMinutes(15));
        pass();
        assertThat(conditions().find("Stalled")).isEmpty();
        pass();
        assertThat(conditions().isTrue("Ready")).isTrue();
        assertThat(statuses.status().lastErrors()).isEmpty();
    }

    @Test
    void anErrorThatEndsByItselfStallsWhenTheDeadlinePassesAlthoughTheProcessRestarts() {
        painter.failWriting("gate", error(ErrorCode.TRANSIENT));
        var start = clock.instant();
        while (clock.instant().isBefore(start.plus(Duration.ofMinutes(29)))) {
            assertThat(pass()).isInstanceOf(Next.After.class);
            assertThat(conditions().find("Stalled")).isEmpty();
            clock.advance(Duration.ofSeconds(100));
        }
        clock.advance(Duration.ofMinutes(10));
        pass();
        assertThat(conditions().find("Stalled").orElseThrow().getReason()).isEqualTo("AzureUnavailable");
        assertThat(onlyError().firstSeen()).isEqualTo(start);
    }

    @Test
    void aRetryThatFailsInAnotherWayDoesNotClearStalled() {
        painter.failWriting("gate", error(ErrorCode.POLICY_DENIED));
        pass();
        painter.failWriting("gate", error(ErrorCode.TRANSIENT));
        clock.advance(Duration.ofHours(1));
        pass();
        assertThat(conditions().find("Stalled").orElseThrow().getReason()).isEqualTo("PolicyDenied");
        assertThat(statuses.status().lastErrors()).hasSize(2);
    }

    @Test
    void aNewGenerationClearsStalledAndIsTriedAtOnce() {
        painter.failWriting("gate", error(ErrorCode.CONFIGURATION_PROBLEM));
        pass();
        statuses.editSpec();
        painter.failWriting("gate", error(ErrorCode.OPERATION_IN_PROGRESS));
        pass();
        assertThat(conditions().find("Stalled")).isEmpty();
        assertThat(conditions().isTrue("Reconciling")).isTrue();
        assertThat(onlyError().attempts()).isEqualTo(1);
        assertThat(statuses.status().observedGeneration()).isEqualTo(2);
    }

    @Test
    void anOutageOfReadsTurnsNoSettledObjectRed() {
        settle();
        painter.failReading("gate", error(ErrorCode.TRANSIENT));
        for (int i = 0; i < 5; i++) {
            pass();
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(conditions().isTrue("Ready")).isTrue();
        assertThat(conditions().find("Reconciling")).isEmpty();
        assertThat(conditions().is("UpToDate", ConditionStatus.UNKNOWN)).isTrue();
        painter.healReading("gate");
        pass();
        assertThat(conditions().find("UpToDate")).isEmpty();
        assertThat(statuses.status().lastErrors()).isEmpty();
    }

    @Test
    void aSilentWorkloadClusterMakesReadyUnknownOnlyAfterAMinute() {
        settle();
        painter.failReading("gate", error(ErrorCode.REMOTE_UNREACHABLE));
        pass();
        assertThat(conditions().isTrue("Ready")).isTrue();
        clock.advance(Duration.ofSeconds(61));
        pass();
        assertThat(conditions().is("Ready", ConditionStatus.UNKNOWN)).isTrue();
        assertThat(conditions().find("Stalled")).isEmpty();
    }

    @Test
    void eventsDoNotBringForwardWhatIsHeldBackButARetryTriggerDoes() {
        painter.failWriting("gate", error(ErrorCode.RATE_LIMITS_EXCEEDED).withRetryAfter(Duration.ofSeconds(90)));
        pass();
        int before = painter.passesOf("gate");
        clock.advance(Duration.ofSeconds(10));
        assertThat(pass()).isEqualTo(Next.after(Duration.ofSeconds(80), "an error is held back"));
        assertThat(painter.passesOf("gate")).isEqualTo(before);
        controller.trigger().bind(key -> {});
        controller.trigger().retryNow(new ObjectKey("fleet", "gate"));
        pass();
        assertThat(painter.passesOf("gate")).isEqualTo(before + 1);
    }

    @Test
    void wokenBeforeItsTimeTheSameErrorIsNotAnotherAttemptAndIsNotWritten() {
        painter.failWriting("gate", error(ErrorCode.DRAIN_BLOCKED));
        pass();
        int writes = statuses.writes;
        clock.advance(Duration.ofSeconds(20));
        assertThat(pass()).isEqualTo(Next.after(Duration.ofSeconds(40), "DrainBlocked"));
        assertThat(statuses.writes).isEqualTo(writes);
        assertThat(onlyError().attempts()).isEqualTo(1);
    }

    @Test
    void competingWritersAreNamedAfterFiveInARow() {
        painter.failWriting("gate", error(ErrorCode.PRECONDITION_FAILED));
        for (int i = 1; i <= 5; i++) {
            assertThat(stalledAlready()).isFalse();
            pass();
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(conditions().find("Stalled").orElseThrow().getReason()).isEqualTo("CompetingWriter");
    }

    private boolean stalledAlready() {
        return statuses.read().getStatus() != null && conditions().isTrue("Stalled");
    }

    @Test
    void whatWasObservedIsReportedAlthoughActingFailed() {
        settle();
        painter.paint("gate", "green");
        painter.failWriting("gate", error(ErrorCode.TRANSIENT));
        pass();
        assertThat(statuses.status().painted()).isEqualTo("green");
    }

    @Test
    void anUnexpectedExceptionIsOurBugAndIsShownAsSuch() {
        painter.failWriting("gate", new IllegalStateException("oops"));
        pass();
        assertThat(conditions().find("Stalled").orElseThrow().getReason()).isEqualTo("InternalError");
        assertThat(metrics.counter("fleetwright_errors_total", "kind", "Widget", "code", "ERR_INTERNAL")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void anObjectThatChangedMeanwhileIsLookedAtAgainAtOnce() {
        var stale = statuses.read();
        statuses.editSpec();
        var runner = new PassRunner<>(
                controller,
                statuses,
                new FailurePolicy(Duration.ofHours(1), UnaryOperator.identity()),
                EventRecorder.none(),
                new EdgeMetrics(metrics, "Widget"),
                clock);
        assertThat(runner.run(stale, painter))
                .isInstanceOfSatisfying(
                        Next.After.class, after -> assertThat(after.delay()).isLessThan(Duration.ofSeconds(1)));
        assertThat(statuses.writes).isZero();
    }

    @Test
    void anObjectThatHasGoneIsLeftAlone() {
        statuses.gone = true;
        assertThat(pass()).isEqualTo(Next.done());
    }

    @Test
    void aStatusThatCannotBeWrittenIsLeftToTheRetryOfTheFramework() {
        var broken = new Statuses<Widget, WidgetStatus>() {
            @Override
            public Widget freshest(Widget cached) {
                return cached;
            }

            @Override
            public WriteResult write(Widget read, WidgetStatus status) {
                throw new KubernetesClientException("no API server");
            }

            @Override
            public void forget(Widget resource) {}
        };
        var runner = new PassRunner<>(
                controller,
                broken,
                new FailurePolicy(Duration.ofHours(1), UnaryOperator.identity()),
                EventRecorder.none(),
                new EdgeMetrics(metrics, "Widget"),
                clock);
        assertThatThrownBy(() -> runner.run(statuses.read(), painter)).isInstanceOf(KubernetesClientException.class);
    }
}
