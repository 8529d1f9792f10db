package dev.fleetwright.core.error;

import java.io.Serial;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure that has its place in the taxonomy. Adapters throw it, the reconcile edge turns it into conditions and
 * into the time of the next try; nothing between catches it except to add what it was about.
 *
 * <p>The message is shown to users in conditions: it names the thing to mend, and holds no time, no request id and
 * no secret, since a message that changes at each try would be written at each try.
 */
public final class FleetException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String reason;
    private final @Nullable Duration retryAfter;

    private FleetException(
            ErrorCode code, String reason, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    public static FleetException of(ErrorCode code, String message) {
        return new FleetException(code, code.reason(), message, null, null);
    }

    public static FleetException of(ErrorCode code, String message, Throwable cause) {
        return new FleetException(code, code.reason(), message, null, cause);
    }

    /** With a reason that is more exact than the table's; CamelCase, stable. */
    public FleetException withReason(String exactReason) {
        return copyTrace(new FleetException(code, exactReason, text(), retryAfter, getCause()));
    }

    /** With the time the other side asked for, which beats the pace of the code; not negative. */
    public FleetException withRetryAfter(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("retryAfter is negative: " + delay);
        }
        return copyTrace(new FleetException(code, reason, text(), delay, getCause()));
    }

    public ErrorCode code() {
        return code;
    }

    public String reason() {
        return reason;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The message, never null. */
    public String text() {
        return Objects.requireNonNullElse(getMessage(), reason);
    }

    private FleetException copyTrace(FleetException copy) {
        copy.setStackTrace(getStackTrace());
        return copy;
    }
}
