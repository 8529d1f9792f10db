package dev.fleetwright.simulator.autoscaler;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What the autoscaler knows from earlier scans. Instants are on a clock that runs as fast as Azure's time. A restart
 * forgets it, as a restart of the real one does.
 *
 * @param unneeded since when each node could have gone
 * @param booting since when each machine has been on its way
 * @param backedOff until when a group that failed to give nodes is left alone
 */
public record Memory(
        Map<String, Instant> unneeded,
        Map<String, Instant> booting,
        Map<String, Instant> backedOff,
        Instant lastAdd,
        Instant lastDelete,
        Instant lastFailure) {
    public static final Memory NONE = new Memory(Map.of(), Map.of(), Map.of(), Instant.MIN, Instant.MIN, Instant.MIN);

    public Memory {
        unneeded = Map.copyOf(unneeded);
        booting = Map.copyOf(booting);
        backedOff = Map.copyOf(backedOff);
    }

    /** After a scale-up that did not come to an end: nothing goes for a while. */
    public Memory failed(String group, Instant now, Instant until) {
        var groups = new HashMap<>(backedOff);
        groups.put(group, until);
        return new Memory(unneeded, booting, groups, lastAdd, lastDelete, now);
    }

    /** Nodes have gone. */
    public Memory deleted(Instant now) {
        return new Memory(unneeded, booting, backedOff, lastAdd, now, lastFailure);
    }

    Memory added(Instant now) {
        return new Memory(unneeded, booting, backedOff, now, lastDelete, lastFailure);
    }

    Memory seen(Map<String, Instant> newUnneeded, Map<String, Instant> newBooting) {
        return new Memory(newUnneeded, newBooting, backedOff, lastAdd, lastDelete, lastFailure);
    }
}
