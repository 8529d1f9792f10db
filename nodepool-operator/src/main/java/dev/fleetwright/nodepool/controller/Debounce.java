package dev.fleetwright.nodepool.controller;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Many events in a short time become one call, a moment after the first of them. */
final class Debounce implements AutoCloseable {
    private final Set<Object> pending = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("debounce").factory());
    private final Duration moment;

    Debounce(Duration moment) {
        this.moment = moment;
    }

    /** Calls within that moment, unless such a call is on its way already. */
    void soon(Object key, Runnable call) {
        if (pending.add(key)) {
            var _ = timer.schedule(
                    () -> {
                        pending.remove(key);
                        call.run();
                    },
                    moment.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
