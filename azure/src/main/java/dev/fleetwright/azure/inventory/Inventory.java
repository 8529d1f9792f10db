package dev.fleetwright.azure.inventory;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.azure.ManagedClusterState;
import dev.fleetwright.core.error.FleetException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The shared LIST of one subscription, refreshed by whoever reads it when it is old, at most once per pace.
 *
 * <p>One caller refreshes, all others meanwhile get what there is; a failed LIST keeps the last good snapshot and is not
 * repeated before the pace is over. So reading costs at most one LIST per pace, however many objects reconcile.
 */
public final class Inventory {
    private final Supplier<List<ManagedClusterState>> list;
    private final Duration pace;
    private final InstantSource clock;
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile Snapshot snapshot;
    private volatile Instant nextRefresh = Instant.MIN;

    /**
     * @param list reads all pages or throws {@link FleetException}; never gives a part
     * @param pace the shortest time between two LISTs
     */
    public Inventory(Supplier<List<ManagedClusterState>> list, Duration pace, InstantSource clock) {
        this.list = list;
        this.pace = pace;
        this.clock = clock;
        this.snapshot = new Snapshot(Instant.MIN, false, Map.of(), Optional.empty());
    }

    /**
     * What is known, refreshed first when it is older than {@code maxAge} and the pace allows it. Never throws, and never
     * waits for another caller's refresh: look at {@link Snapshot#freshEnough} before concluding anything.
     */
    public Snapshot read(Duration maxAge) {
        Instant now = clock.instant();
        if (!snapshot.freshEnough(maxAge, now) && !now.isBefore(nextRefresh) && refreshing.tryLock()) {
            try {
                if (!now.isBefore(nextRefresh)) {
                    snapshot = refreshed(now);
                }
            } finally {
                refreshing.unlock();
            }
        }
        return snapshot;
    }

    /** What is known now, without a call. */
    public Snapshot latest() {
        return snapshot;
    }

    /** When {@link #read} may refresh next: the earliest time to come back for something newer. */
    public Instant nextRefresh() {
        return nextRefresh;
    }

    private Snapshot refreshed(Instant now) {
        nextRefresh = now.plus(pace);
        try {
            Map<ArmId, ManagedClusterState> clusters = new HashMap<>();
            list.get().forEach(c -> clusters.put(c.id(), c));
            return new Snapshot(now, true, clusters, Optional.empty());
        } catch (FleetException e) {
            return new Snapshot(snapshot.at(), snapshot.complete(), snapshot.clusters(), Optional.of(e));
        }
    }
}
