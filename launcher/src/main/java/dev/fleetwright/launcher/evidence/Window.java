package dev.fleetwright.launcher.evidence;

import java.time.Duration;
import java.time.Instant;

/** A span of time, its ends included. */
public record Window(Instant from, Instant to) {
    public boolean contains(Instant time) {
        return !time.isBefore(from) && !time.isAfter(to);
    }

    public Duration length() {
        return Duration.between(from, to);
    }
}
