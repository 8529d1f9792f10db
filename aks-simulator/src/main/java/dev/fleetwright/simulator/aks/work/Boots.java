package dev.fleetwright.simulator.aks.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Machines that are to boot late, or never, on demand. Thread-safe. */
public final class Boots {
    /** Longer than any test and any patience: the machine runs, but no node ever comes of it. */
    static final Duration NEVER = Duration.ofDays(3650);

    private record Armed(Pattern pool, Duration late) {}

    private final List<Armed> armed = new ArrayList<>();

    /**
     * The next machines that boot are late.
     *
     * @param pool regular expression found in the pool's ARM id
     * @param late Azure time on top of what it takes anyway
     */
    public synchronized void late(int times, String pool, Duration late) {
        var rule = new Armed(Pattern.compile(pool), late);
        for (int i = 0; i < times; i++) {
            armed.add(rule);
        }
    }

    /** The next machines never become nodes. */
    public void never(int times, String pool) {
        late(times, pool, NEVER);
    }

    public synchronized void clear() {
        armed.clear();
    }

    /** By how much a machine of the pool is late; what was ordered is used up by that. */
    synchronized Duration take(String poolId) {
        for (Armed rule : armed) {
            if (rule.pool().matcher(poolId).find()) {
                armed.remove(rule);
                return rule.late();
            }
        }
        return Duration.ZERO;
    }
}
