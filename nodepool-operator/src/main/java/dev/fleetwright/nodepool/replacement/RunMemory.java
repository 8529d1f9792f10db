package dev.fleetwright.nodepool.replacement;

import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus;
import dev.fleetwright.nodepool.drain.DrainMemory;
import dev.fleetwright.nodepool.drain.Eviction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one process remembers of a run between passes; all of it can be lost.
 *
 * @param toSend by pod uid: evictions whose intent this process has written and not sent. An intent in status that is
 *     neither here nor among the sent ones is another process's: what became of it is looked up first
 */
public record RunMemory(DrainMemory drain, Map<String, Eviction> toSend) {
    public RunMemory {
        toSend = Map.copyOf(toSend);
    }

    /** What is known after a start. */
    public static RunMemory afterRestart(NodepoolReplacementStatus status) {
        return new RunMemory(DrainMemory.afterRestart(status.blockedPods()), Map.of());
    }

    RunMemory with(DrainMemory newDrain) {
        return new RunMemory(newDrain, toSend);
    }

    RunMemory intending(List<Eviction> evictions) {
        Map<String, Eviction> more = new HashMap<>(toSend);
        evictions.forEach(eviction -> more.put(eviction.pod().uid(), eviction));
        return new RunMemory(drain, more);
    }

    RunMemory nothingToSend() {
        return new RunMemory(drain, Map.of());
    }
}
