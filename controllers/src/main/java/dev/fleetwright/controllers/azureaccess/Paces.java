package dev.fleetwright.controllers.azureaccess;

import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * How long the controllers wait for what they do not hear of by an event. Real times, divided by the time scale.
 *
 * @param operationPoll between two polls of a long-running operation: the budget for polls is 2 per second and subscription
 *     (aks-protocol.md section 6)
 * @param line between two looks at the line for a managed cluster; the one before wakes the next, this is the net below
 * @param dependency between two looks for an object that is missing; the watch wakes, this is the net below
 * @param inventory how old the shared LIST may be for an object at rest
 * @param drift between two passes over an object at rest
 * @param unsettledNodes how long nodes may be missing or unready, or a cluster silent, before a pool is no longer Ready
 * @param progress how long nodes may take to become Ready after Azure is done, before that counts as stuck
 */
public record Paces(
        Duration operationPoll,
        Duration line,
        Duration dependency,
        Duration inventory,
        Duration drift,
        Duration unsettledNodes,
        Duration progress) {
    /**
     * The paces for one Azure.
     *
     * @param scaled divides by its time scale
     */
    public static Paces of(UnaryOperator<Duration> scaled) {
        return new Paces(
                scaled.apply(Duration.ofSeconds(12)),
                scaled.apply(Duration.ofSeconds(30)),
                scaled.apply(Duration.ofSeconds(60)),
                atLeast(Duration.ofSeconds(1), scaled.apply(Duration.ofSeconds(60))),
                atLeast(Duration.ofSeconds(1), scaled.apply(Duration.ofMinutes(5))),
                scaled.apply(Duration.ofSeconds(60)),
                scaled.apply(Duration.ofMinutes(30)));
    }

    /** The LIST has a fastest pace, whatever the scale. */
    private static Duration atLeast(Duration least, Duration wanted) {
        return wanted.compareTo(least) < 0 ? least : wanted;
    }
}
