package dev.fleetwright.core.reconcile;

import dev.fleetwright.api.v1alpha1.ConditionedStatus;
import dev.fleetwright.api.v1alpha1.ErrorRecord;
import dev.fleetwright.core.condition.ConditionStatus;
import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import dev.fleetwright.core.event.EventRecorder;
import dev.fleetwright.core.status.StatusShape;
import dev.fleetwright.core.status.Statuses;
import dev.fleetwright.core.status.WriteResult;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one pass: gate, stages, conditions, one status write, what comes next. Knows nothing of the operator framework.
 */
final class PassRunner<R extends CustomResource<?, T>, T extends ConditionedStatus> {

    private static final Logger LOG = LoggerFactory.getLogger(PassRunner.class);

    /** After a conflict the watch brings the newer object within about this time; sooner would conflict again. */
    private static final Duration AFTER_CONFLICT = Duration.ofMillis(100);

    private final Controller<R, T> controller;
    private final StatusShape<T> shape;
    private final Statuses<R, T> writer;
    private final FailurePolicy failures;
    private final EventRecorder events;
    private final EdgeMetrics metrics;
    private final InstantSource clock;

    PassRunner(
            Controller<R, T> controller,
            Statuses<R, T> writer,
            FailurePolicy failures,
            EventRecorder events,
            EdgeMetrics metrics,
            InstantSource clock) {
        this.controller = controller;
        this.shape = controller.shape();
        this.writer = writer;
        this.failures = failures;
        this.events = events;
        this.metrics = metrics;
        this.clock = clock;
    }

    Next run(R cached, Loop<R, T, ?, ?, ?> loop) {
        var start = clock.instant();
        var resource = writer.freshest(cached);
        var metadata = resource.getMetadata();
        T status = resource.getStatus() == null ? shape.empty().get() : resource.getStatus();
        boolean retry = controller.trigger().takeRetry(ObjectKey.of(resource));
        if (!retry) {
            var closed = Gate.closedUntil(metadata, status.observedGeneration(), status.lastErrors(), start);
            if (closed.isPresent()) {
                metrics.pass("held", Duration.ZERO);
                return Next.after(Duration.between(start, closed.get()), "an error is held back");
            }
        }
        boolean newGeneration = !Objects.equals(status.observedGeneration(), metadata.getGeneration());
        var conditions = Conditions.of(status.conditions(), generation(resource), start);
        var pass =
                new Pass<>(resource, status, newGeneration ? conditions.remove(Conditions.STALLED) : conditions, start);
        var errors = newGeneration || retry ? forgetAttempts(status.lastErrors(), newGeneration) : status.lastErrors();
        var verdict = runStages(pass, loop, errors);
        var result = verdict.next() instanceof Next.Cleaned ? WriteResult.UNCHANGED : write(resource, verdict.status());
        metrics.pass(
                result == WriteResult.CONFLICT ? "conflict" : verdict.outcome(),
                Duration.between(start, clock.instant()));
        return switch (result) {
            case CONFLICT -> Next.after(AFTER_CONFLICT, "the object changed meanwhile");
            case GONE -> Next.done();
            case UNCHANGED, WRITTEN -> verdict.next();
        };
    }

    private WriteResult write(R resource, T status) {
        try {
            var result = writer.write(resource, status);
            metrics.statusWrite(result);
            return result;
        } catch (RuntimeException e) {
            // Nothing can be shown of it; the framework's retry comes back to the object.
            metrics.error(KubernetesErrors.of(e).code());
            throw e;
        }
    }

    private <O, D, X> Verdict<T> runStages(Pass<R, T> pass, Loop<R, T, O, D, X> loop, List<ErrorRecord> errors) {
        O observation = null;
        boolean acting = false;
        try {
            observation = loop.observe(pass);
            D decision = loop.decide(pass, observation);
            acting = true;
            X outcome = loop.act(pass, observation, decision);
            return succeeded(pass, loop.report(pass, observation, decision, outcome), errors);
        } catch (RuntimeException e) {
            var base = observation == null ? pass.status() : observedOrAsWas(pass, loop, observation);
            return failed(pass, base, KubernetesErrors.of(e), acting || pass.deleting(), errors);
        }
    }

    private <O> T observedOrAsWas(Pass<R, T> pass, Loop<R, T, O, ?, ?> loop, O observation) {
        try {
            return loop.observed(pass, observation);
        } catch (RuntimeException e) {
            LOG.error("the observation cannot be reported", e);
            return pass.status();
        }
    }

    private Verdict<T> succeeded(Pass<R, T> pass, Report<T> report, List<ErrorRecord> errors) {
        var conditions = withoutStaleDoubt(pass.conditions(), report.conditions());
        var status = shape.with(
                report.status(), pass.generation(), conditions.list(), failures.overcome(conditions, errors));
        LOG.debug("pass done: {}; next: {}", conditions, report.next());
        return new Verdict<>(status, report.next(), "ok");
    }

    private Verdict<T> failed(Pass<R, T> pass, T base, FleetException error, boolean acting, List<ErrorRecord> errors) {
        metrics.error(error.code());
        var failure = failures.failed(pass.conditions(), errors, error, acting);
        if (error.code() == ErrorCode.INTERNAL) {
            LOG.error("a bug: the pass ended with an exception nobody expected", error);
        } else if (failure.first() || failure.escalated()) {
            LOG.warn("{} ({}): {}; next try in {}", error.reason(), error.code().code(), error.text(), failure.delay());
            LOG.debug("because", error);
        } else {
            LOG.info("still {}; next try in {}", error.reason(), failure.delay());
        }
        if (failure.first() || failure.escalated()) {
            events.warning(pass.resource(), error.reason(), error.text());
        }
        var status = shape.with(base, pass.generation(), failure.conditions().list(), failure.lastErrors());
        return new Verdict<>(status, Next.after(failure.delay(), error.reason()), "error");
    }

    /** An UpToDate that a failed read made Unknown, and that the kind does not set itself, ends with the failure. */
    private static Conditions withoutStaleDoubt(Conditions before, Conditions after) {
        boolean doubt = before.is(Conditions.UP_TO_DATE, ConditionStatus.UNKNOWN)
                && before.find(Conditions.UP_TO_DATE).equals(after.find(Conditions.UP_TO_DATE));
        return doubt ? after.remove(Conditions.UP_TO_DATE) : after;
    }

    /** A new generation starts afresh; a retry someone asked for starts the pace afresh but not the deadline. */
    private static List<ErrorRecord> forgetAttempts(List<ErrorRecord> errors, boolean newGeneration) {
        return newGeneration
                ? List.of()
                : errors.stream()
                        .map(e -> new ErrorRecord(e.code(), e.message(), e.firstSeen(), e.lastSeen(), 0, null))
                        .toList();
    }

    private static long generation(CustomResource<?, ?> resource) {
        @Nullable Long generation = resource.getMetadata().getGeneration();
        return generation == null ? 0 : generation;
    }

    private record Verdict<T>(T status, Next next, String outcome) {}
}
