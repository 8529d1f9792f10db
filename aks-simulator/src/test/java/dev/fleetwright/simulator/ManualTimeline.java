package dev.fleetwright.simulator;

import dev.fleetwright.simulator.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;

/** Time that passes when a test says so. What falls due is done on the test's own thread, in order. */
final class ManualTimeline implements Timeline {
    private record Due(Instant when, long order, CompletableFuture<Void> future) {}

    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparing(Due::when).thenComparingLong(Due::order));
    private Instant now;

    ManualTimeline() {
        this(Instant.parse("2026-11-21T20:00:00Z"));
    }

    ManualTimeline(Instant start) {
        now = start;
    }

    private long orders;

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized CompletableFuture<Void> after(Duration azureTime) {
        var due = new Due(now.plus(azureTime), orders++, new CompletableFuture<>());
        queue.add(due);
        return due.future();
    }

    @Override
    public Duration scaled(Duration azureTime) {
        return azureTime;
    }

    @Override
    public Duration azureTime(Duration wallTime) {
        return wallTime;
    }

    void advance(Duration by) {
        Instant end = now().plus(by);
        for (Due due = next(end); due != null; due = next(end)) {
            due.future().complete(null);
        }
    }

    private synchronized Due next(Instant end) {
        if (queue.isEmpty() || queue.peek().when().isAfter(end)) {
            now = end;
            return null;
        }
        Due due = queue.remove();
        now = due.when();
        return due;
    }

    @Override
    public void close() {}
}
