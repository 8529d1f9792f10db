package dev.fleetwright.core.workload;

import java.time.Duration;

/**
 * The times of a connection.
 *
 * @param probeEvery between two probes of a healthy connection
 * @param probeTimeout a probe without answer for this long has failed
 * @param failuresToDrop failed probes in a row after which the connection is dropped
 * @param reconnectFirst delay before the first reconnect; doubled at each failure
 * @param reconnectMax no delay is longer
 * @param callTimeout of a single call, and of getting a slot for it
 * @param cacheIdle a cache nobody asked for in this time is closed
 */
public record ConnectionTimes(
        Duration probeEvery,
        Duration probeTimeout,
        int failuresToDrop,
        Duration reconnectFirst,
        Duration reconnectMax,
        Duration callTimeout,
        Duration cacheIdle) {

    /** A hung API server is noticed within 16 s; one that is back is used again within a minute. */
    public static ConnectionTimes defaults() {
        return new ConnectionTimes(
                Duration.ofSeconds(5),
                Duration.ofSeconds(3),
                2,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(10),
                Duration.ofMinutes(30));
    }

    /** The delay before a reconnect after that many failures in a row, from 1. */
    Duration reconnectAfter(int failures) {
        var delay = reconnectFirst.multipliedBy(1L << Math.clamp(failures - 1L, 0, 20));
        return delay.compareTo(reconnectMax) > 0 ? reconnectMax : delay;
    }
}
