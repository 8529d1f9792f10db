package dev.fleetwright.azure.throttle;

import java.time.Duration;
import java.time.Instant;

/** One token bucket. Not safe for threads: {@link ThrottleBudgets} guards it. */
final class TokenBucket {
    private static final double NANOS = 1e9;

    private final int burst;
    private final double refillPerNano;
    private double tokens;
    private Instant filledAt;
    private Instant closedUntil = Instant.MIN;

    TokenBucket(int burst, double refillPerSecond, Instant now) {
        this.burst = burst;
        this.refillPerNano = refillPerSecond / NANOS;
        this.tokens = burst;
        this.filledAt = now;
    }

    /** How long until one token can be taken; zero means now. */
    Duration untilFree(Instant now) {
        fill(now);
        Duration closed = now.isBefore(closedUntil) ? Duration.between(now, closedUntil) : Duration.ZERO;
        if (tokens >= 1) {
            return closed;
        }
        // One nanosecond more than computed, so that a caller who waits that long finds the token whole.
        Duration refill = Duration.ofNanos((long) Math.ceil((1 - tokens) / refillPerNano) + 1);
        return closed.compareTo(refill) > 0 ? closed : refill;
    }

    /** Takes a token; only after {@link #untilFree} said zero for the same instant. */
    void take() {
        tokens -= 1;
    }

    /** Azure said no: nothing goes through before that instant, and then one call at a time, at the refill's pace. */
    void closeUntil(Instant until, Instant now) {
        fill(now);
        if (until.isAfter(closedUntil)) {
            closedUntil = until;
        }
        tokens = Math.min(tokens, 0);
        filledAt = now.isAfter(until) ? now : until.minusNanos((long) Math.ceil(1 / refillPerNano));
        if (filledAt.isBefore(now)) {
            filledAt = now;
        }
    }

    /** Whether forgetting this bucket would change nothing. */
    boolean rested(Instant now) {
        fill(now);
        return tokens >= burst && !now.isBefore(closedUntil);
    }

    private void fill(Instant now) {
        // A clock that steps back refills nothing and takes nothing away.
        if (now.isAfter(filledAt)) {
            tokens = Math.min(burst, tokens + Duration.between(filledAt, now).toNanos() * refillPerNano);
            filledAt = now;
        }
    }
}
