package dev.fleetwright.local;

import java.time.Duration;

/**
 * How long fake pods take; each pod draws its own time, evenly, between the two bounds.
 *
 * <p>One pod can be given its own time by the annotations {@code pod-ready.stage.kwok.x-k8s.io/delay} and
 * {@code pod-delete.stage.kwok.x-k8s.io/delay} together with {@code .../jitter-delay} (the upper bound), each a Go
 * duration such as {@code 20s}.
 *
 * @param readyMin from being bound to a node to Ready, lower bound
 * @param readyMax upper bound
 * @param endMin from the deletion timestamp to being gone, lower bound
 * @param endMax upper bound
 */
public record PodTimings(Duration readyMin, Duration readyMax, Duration endMin, Duration endMax) {
    /** One to two seconds for either: fast, but long enough for disruption budgets to bite. */
    public static final PodTimings DEFAULT =
            new PodTimings(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(2));

    public PodTimings {
        if (readyMin.isNegative()
                || endMin.isNegative()
                || readyMax.compareTo(readyMin) < 0
                || endMax.compareTo(endMin) < 0) {
            throw new IllegalArgumentException("bounds must not be negative, nor the upper below the lower");
        }
    }
}
