package dev.fleetwright.simulator.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Azure's time, a constant factor faster than the wall clock. One timer thread; the work itself runs elsewhere. */
public final class ScaledTimeline implements Timeline {
    private final Clock clock;
    private final double scale;
    private final Executor work;
    private final ScheduledThreadPoolExecutor timer;

    /**
     * Starts the timer.
     *
     * @param scale Azure seconds per second here, above 0: 38 turns 76 s of Azure into 2 s
     * @param work runs what waits for the time; its threads may block
     */
    public ScaledTimeline(Clock clock, double scale, Executor work) {
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("time scale must be a number above 0, not " + scale);
        }
        this.clock = clock;
        this.scale = scale;
        this.work = work;
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("simulator-timer").factory());
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public CompletableFuture<Void> after(Duration azureTime) {
        var due = new CompletableFuture<Void>();
        var ticket = timer.schedule(
                () -> work.execute(() -> due.complete(null)), scaled(azureTime).toNanos(), TimeUnit.NANOSECONDS);
        return ticket.isCancelled() ? CompletableFuture.failedFuture(new IllegalStateException("closed")) : due;
    }

    @Override
    public Duration scaled(Duration azureTime) {
        return Duration.ofNanos((long) (azureTime.toNanos() / scale));
    }

    @Override
    public Duration azureTime(Duration wallTime) {
        return Duration.ofNanos((long) (wallTime.toNanos() * scale));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
