package dev.fleetwright.simulator.arm;

import dev.fleetwright.simulator.time.Timeline;
import java.time.Duration;
import java.time.Instant;

/** A token bucket that fills in Azure time. Full at first. */
final class Bucket {
    private final int burst;
    private final double perSecond;
    private double tokens;
    private Instant since;

    Bucket(int burst, double perSecond, Instant now) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.tokens = burst;
        this.since = now;
    }

    /** Zero when a token was taken, else the Azure time until there is one. */
    synchronized Duration take(Timeline timeline) {
        fill(timeline);
        if (tokens >= 1) {
            tokens -= 1;
            return Duration.ZERO;
        }
        return Duration.ofNanos((long) ((1 - tokens) / perSecond * 1e9) + 1);
    }

    private void fill(Timeline timeline) {
        Instant now = timeline.now();
        double passed = timeline.azureTime(Duration.between(since, now)).toNanos() / 1e9;
        tokens = Math.min(burst, tokens + Math.max(0, passed) * perSecond);
        since = now;
    }

    synchronized boolean isFull(Timeline timeline) {
        fill(timeline);
        return tokens >= burst;
    }

    synchronized int left() {
        return (int) tokens;
    }
}
