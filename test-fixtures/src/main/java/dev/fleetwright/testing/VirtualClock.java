package dev.fleetwright.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * A clock that stands still until the test moves it, and that runs scheduled tasks in the order of their times as
 * it passes them. Tasks of the same instant run in the order they were scheduled. Safe for use by several threads
 * as a clock; tasks run in the thread that moves the clock.
 */
public final class VirtualClock implements InstantSource {

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::at).thenComparingLong(Task::order));
    private Instant now;
    private long order;

    public VirtualClock(Instant start) {
        now = start;
    }

    /** Starts at a fixed, readable instant. */
    public static VirtualClock atNewYear() {
        return new VirtualClock(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Runs the task when the clock gets to that time; a time that has passed means the next move. */
    public synchronized void at(Instant time, Runnable task) {
        tasks.add(new Task(time, order++, task));
    }

    public void after(Duration delay, Runnable task) {
        at(instant().plus(delay), task);
    }

    /** Moves on by that much and runs on the way what is due. A task may schedule further ones. */
    public void advance(Duration by) {
        advanceTo(instant().plus(by));
    }

    /** Never moves backwards: an earlier time only runs what is due by now. */
    public void advanceTo(Instant target) {
        for (var due = takeDue(target); due.isPresent(); due = takeDue(target)) {
            due.get().action().run();
        }
        moveTo(target);
    }

    /** Jumps to the next scheduled task and runs it; false when nothing is scheduled. */
    public boolean runNext() {
        var next = nextTask();
        next.ifPresent(this::advanceTo);
        return next.isPresent();
    }

    public synchronized Optional<Instant> nextTask() {
        return Optional.ofNullable(tasks.peek()).map(Task::at);
    }

    private synchronized Optional<Task> takeDue(Instant target) {
        var next = tasks.peek();
        if (next == null || next.at().isAfter(target)) {
            return Optional.empty();
        }
        tasks.remove();
        moveTo(next.at());
        return Optional.of(next);
    }

    private synchronized void moveTo(Instant time) {
        if (time.isAfter(now)) {
            now = time;
        }
    }

    private record Task(Instant at, long order, Runnable action) {}
}
