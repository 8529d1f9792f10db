package dev.fleetwright.controllers.azureaccess;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.azure.Azure;
import dev.fleetwright.azure.ManagedClusterState;
import dev.fleetwright.azure.inventory.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads managed clusters with their pools: by one GET of the cluster, which has a budget of its own per cluster, or from the
 * shared LIST for what is at rest. Never gives back something older than it gave before.
 */
public final class ClusterReader {
    private final InstantSource clock;
    private final Duration maxAge;
    private final Map<ArmId, Instant> readAt = new ConcurrentHashMap<>();

    /** @param maxAge how old the shared LIST may be */
    public ClusterReader(InstantSource clock, Duration maxAge) {
        this.clock = clock;
        this.maxAge = maxAge;
    }

    /** The cluster as it is now; empty when Azure says that there is none of that id. */
    public Optional<ManagedClusterState> now(Azure azure, ArmId cluster) {
        Instant asked = clock.instant();
        Optional<ManagedClusterState> state = azure.managedClusters().get(cluster);
        if (state.isPresent()) {
            readAt.put(cluster, asked);
        } else {
            readAt.remove(cluster);
        }
        return state;
    }

    /** The cluster as the shared LIST has it; empty when that has it not, or is too old, which says nothing. */
    public Optional<ManagedClusterState> listed(Azure azure, ArmId cluster) {
        Snapshot snapshot = azure.inventory().read(maxAge);
        Instant before = readAt.get(cluster);
        return snapshot.freshEnough(maxAge.multipliedBy(2), clock.instant())
                        && (before == null || snapshot.seenSince(before))
                ? snapshot.cluster(cluster)
                : Optional.empty();
    }
}
