package dev.fleetwright.core.reconcile;

import dev.fleetwright.api.v1alpha1.ErrorRecord;
import dev.fleetwright.core.condition.ConditionStatus;
import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import dev.fleetwright.core.error.StallRule;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What errors do to conditions, to lastErrors and to the time of the next try. Pure; all times are counted from what
 * the status holds, so that a restart resets nothing.
 *
 * @param progressDeadline how long a change of this kind may take before errors that end by themselves stall it
 * @param pace what is made of a delay before it is used: time scale and jitter
 */
record FailurePolicy(Duration progressDeadline, UnaryOperator<Duration> pace) {

    private static final int KEPT = 5;
    private static final int LONGEST_MESSAGE = 1024;

    /** An error that was not seen for so long is history, even if the change it hit is not done yet. */
    private static final Duration MEMORY = Duration.ofHours(1);

    /** Silence of a workload cluster that is shorter may be a hiccup of the network and changes no condition. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    /**
     * What a failed pass means.
     *
     * @param conditions of this pass
     * @param errors those of this generation
     * @param writing whether a change was being made or pending when it failed; else only reads failed
     */
    Failure failed(Conditions conditions, List<ErrorRecord> errors, FleetException error, boolean writing) {
        var now = conditions.now();
        var known = errors.stream()
                .filter(e -> e.code().equals(error.code().code()))
                .findFirst();
        var message = bounded(error.text());
        // Woken before its time, and nothing new: not another attempt, and nothing to write.
        var early = known.filter(e -> message.equals(e.message()))
                .filter(e -> e.nextTry() != null && e.nextTry().isAfter(now));
        var entry = early.orElseGet(() -> entry(known, error, message, now));
        var lastErrors = new ArrayList<ErrorRecord>();
        lastErrors.add(entry);
        errors.stream().filter(e -> !e.code().equals(entry.code())).forEach(lastErrors::add);
        var stall = stallReason(error, entry, now);
        var after = stall.map(reason -> conditions.stalled(reason, error.text()))
                .orElseGet(() -> notStalled(conditions, entry, error, writing));
        var nextTry = entry.nextTry() == null ? now : entry.nextTry();
        return new Failure(
                after,
                List.copyOf(lastErrors.subList(0, Math.min(KEPT, lastErrors.size()))),
                Duration.between(now, nextTry),
                stall.isPresent() && !conditions.isTrue(Conditions.STALLED),
                known.isEmpty());
    }

    /** What stays of the errors after a pass that did not fail. */
    List<ErrorRecord> overcome(Conditions after, List<ErrorRecord> errors) {
        var settled = after.isTrue(Conditions.READY)
                && !after.isTrue(Conditions.RECONCILING)
                && !after.isTrue(Conditions.STALLED);
        if (settled) {
            return List.of();
        }
        // Attempts are kept while the change is on its way, so that what fails again and again slows down.
        return errors.stream()
                .filter(e -> e.lastSeen() != null && e.lastSeen().plus(MEMORY).isAfter(after.now()))
                .map(e -> new ErrorRecord(e.code(), e.message(), e.firstSeen(), e.lastSeen(), e.attempts(), null))
                .toList();
    }

    private ErrorRecord entry(Optional<ErrorRecord> known, FleetException error, String message, Instant now) {
        int attempts = known.map(ErrorRecord::attempts).orElse(0) + 1;
        var asked = error.retryAfter().orElseGet(() -> pace.apply(error.code().delay(attempts)));
        return new ErrorRecord(
                error.code().code(),
                message,
                known.map(ErrorRecord::firstSeen).orElse(now),
                now,
                attempts,
                now.plus(asked).truncatedTo(ChronoUnit.MILLIS));
    }

    private Optional<String> stallReason(FleetException error, ErrorRecord entry, Instant now) {
        var first = entry.firstSeen() == null ? now : entry.firstSeen();
        var lasted = Duration.between(first, now);
        int attempts = entry.attempts() == null ? 1 : entry.attempts();
        return switch (error.code().stallRule()) {
            case StallRule.Never() -> Optional.empty();
            case StallRule.AtOnce() -> Optional.of(error.reason());
            case StallRule.After(Duration time) -> when(lasted.compareTo(time) >= 0, error.reason());
            case StallRule.AtDeadline() -> when(lasted.compareTo(progressDeadline) >= 0, error.reason());
            case StallRule.InARow(int times, String reason) -> when(attempts >= times, reason);
        };
    }

    private Conditions notStalled(Conditions now, ErrorRecord entry, FleetException error, boolean writing) {
        var reason = error.reason();
        var message = error.text();
        if (now.isTrue(Conditions.STALLED)) {
            return now; // a retry that fails in another way does not undo it
        }
        if (error.code() == ErrorCode.REMOTE_UNREACHABLE) {
            var silent = entry.firstSeen() != null
                    && !entry.firstSeen().plus(SILENCE).isAfter(now.now());
            return silent || !now.isTrue(Conditions.READY) ? now.setUnknown(Conditions.READY, reason, message) : now;
        }
        boolean settled = now.isTrue(Conditions.READY) && !now.isTrue(Conditions.RECONCILING);
        if (!writing && settled) {
            return now.set(Conditions.UP_TO_DATE, ConditionStatus.UNKNOWN, reason, message);
        }
        return now.reconciling(reason, message);
    }

    private static Optional<String> when(boolean stalled, String reason) {
        return stalled ? Optional.of(reason) : Optional.empty();
    }

    private static String bounded(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 1) + "…";
    }
}
