package dev.fleetwright.launcher;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The pause between two looks at something that cannot be watched: a process that starts. */
final class Pause {
    private Pause() {}

    static void of(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
        if (Thread.currentThread().isInterrupted()) {
            throw new LauncherException("interrupted");
        }
    }
}
