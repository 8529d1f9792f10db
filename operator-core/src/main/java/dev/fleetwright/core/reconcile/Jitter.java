package dev.fleetwright.core.reconcile;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Spreads delays, so that what failed together does not come back together. */
record Jitter(RandomGenerator random) {

    /** The delay, or up to a tenth more. */
    Duration stretch(Duration delay) {
        return delay.plusMillis(random.nextLong(delay.toMillis() / 10 + 1));
    }

    /** The interval, give or take up to a fifth. */
    Duration spread(Duration interval) {
        long fifth = interval.toMillis() / 5;
        return interval.plusMillis(random.nextLong(-fifth, fifth + 1));
    }
}
