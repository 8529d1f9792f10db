package dev.fleetwright.simulator.aks.work;

import dev.fleetwright.simulator.time.Timeline;
import java.time.Duration;
import java.time.Instant;

/**
 * A clock that runs as fast as Azure's time. It begins with the process, so that its instants mean nothing to another one.
 *
 * @param start when both clocks showed the same
 */
record AzureClock(Timeline timeline, Instant start) {
    static AzureClock starting(Timeline timeline) {
        return new AzureClock(timeline, timeline.now());
    }

    Instant now() {
        return azure(timeline.now());
    }

    /** What it shows at a moment of the wall clock. */
    Instant azure(Instant wall) {
        return start.plus(timeline.azureTime(Duration.between(start, wall)));
    }

    /** The moment of the wall clock at which it shows this. */
    Instant wall(Instant azure) {
        return start.plus(timeline.scaled(Duration.between(start, azure)));
    }
}
