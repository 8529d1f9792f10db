package dev.fleetwright.core.process;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;

/**
 * Whether this process is alive and ready. Workload clusters never count: a cluster that is down is no reason to
 * restart an operator.
 */
public final class Health {

    /**
     * An informer that ended on an object it cannot read leaves us blind for one kind. A restart heals that once the
     * object is mended; until then this keeps the restarts rare.
     */
    private static final Duration BLIND = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final Map<String, BooleanSupplier> readiness = new ConcurrentSkipListMap<>();
    private final Map<String, Instant> stoppedInformers = new ConcurrentSkipListMap<>();

    Health(InstantSource clock) {
        this.clock = clock;
    }

    /** Adds a condition of readiness under a name that /readyz shows while it is false. */
    public void require(String name, BooleanSupplier ready) {
        readiness.put(name, ready);
    }

    void informerStopped(String kind) {
        stoppedInformers.putIfAbsent(kind, clock.instant());
    }

    /** Why the process should be restarted; empty when it should not. */
    Map<String, String> deadly() {
        var limit = clock.instant().minus(BLIND);
        var reasons = new TreeMap<String, String>();
        stoppedInformers.forEach((kind, since) -> {
            if (since.isBefore(limit)) {
                reasons.put("informer of " + kind, "stopped since " + since);
            }
        });
        return reasons;
    }

    /** What is not ready; empty when all is. */
    Map<String, String> notReady() {
        var reasons = new TreeMap<String, String>();
        readiness.forEach((name, ready) -> {
            if (!ready.getAsBoolean()) {
                reasons.put(name, "not ready");
            }
        });
        stoppedInformers.forEach((kind, since) -> reasons.put("informer of " + kind, "stopped since " + since));
        return reasons;
    }
}
