package dev.fleetwright.core.reconcile;

import java.time.Duration;

/** When an object is looked at again if nothing happens to it before. */
public sealed interface Next {

    /** Nothing is pending: at the next drift check. */
    record Done() implements Next {}

    /**
     * Something is awaited.
     *
     * @param delay not negative; zero means at once
     * @param reason what is awaited, for the log
     */
    record After(Duration delay, String reason) implements Next {
        public After {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("delay is negative: " + delay);
            }
        }
    }

    /** Of a cleanup only: all is cleaned up, and the finalizer goes. */
    record Cleaned() implements Next {}

    static Next done() {
        return new Done();
    }

    static Next after(Duration delay, String reason) {
        return new After(delay, reason);
    }

    static Next cleaned() {
        return new Cleaned();
    }
}
