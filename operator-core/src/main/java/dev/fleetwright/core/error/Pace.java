package dev.fleetwright.core.error;

import java.time.Duration;

/**
 * How fast something is tried again: the first delay, doubled at each further attempt up to the last.
 *
 * @param initial delay after the first failure; above zero
 * @param max no delay is longer; at least {@code initial}
 */
public record Pace(Duration initial, Duration max) {

    public Pace {
        if (!initial.isPositive() || max.compareTo(initial) < 0) {
            throw new IllegalArgumentException("a pace needs 0 < initial <= max but has " + initial + ", " + max);
        }
    }

    static Pace steady(Duration delay) {
        return new Pace(delay, delay);
    }

    static Pace growing(Duration initial, Duration max) {
        return new Pace(initial, max);
    }

    /**
     * The delay before the next try.
     *
     * @param attempts failures so far, from 1
     */
    public Duration after(int attempts) {
        // 2^20 times the initial delay is beyond every max in use; the bound keeps the shift from overflowing.
        int doublings = Math.clamp(attempts - 1L, 0, 20);
        var delay = initial.multipliedBy(1L << doublings);
        return delay.compareTo(max) > 0 ? max : delay;
    }
}
