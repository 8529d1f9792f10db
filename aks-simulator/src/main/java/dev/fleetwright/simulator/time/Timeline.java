package dev.fleetwright.simulator.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * The clock and the scheduler of one simulator.
 *
 * <p>Durations are Azure's; a scaled timeline spends them faster. Instants are real wall-clock time, because they end up
 * in documents and tokens that clients compare with their own clocks.
 */
public interface Timeline extends AutoCloseable {
    Instant now();

    /** Completes, on a thread that may block, when the given stretch of Azure time has passed. Never fails. */
    CompletableFuture<Void> after(Duration azureTime);

    /** Completes when that moment has come: at once when it has passed already. */
    default CompletableFuture<Void> until(Instant moment) {
        Duration left = Duration.between(now(), moment);
        return left.isPositive() ? after(azureTime(left)) : CompletableFuture.completedFuture(null);
    }

    /** How long the given stretch of Azure time takes here. */
    Duration scaled(Duration azureTime);

    /** How much Azure time passes in the given stretch of wall-clock time: the inverse of {@link #scaled}. */
    Duration azureTime(Duration wallTime);

    /** Nothing that waits completes any more. */
    @Override
    void close();
}
