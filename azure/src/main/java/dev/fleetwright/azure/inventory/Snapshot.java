package dev.fleetwright.azure.inventory;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.azure.ManagedClusterState;
import dev.fleetwright.core.error.FleetException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * All managed clusters of a subscription, with their pools, as one whole LIST gave them.
 *
 * <p>Good for finding drift. That something is missing here proves nothing by itself: before a destructive step ask for
 * that very id.
 *
 * @param at when the LIST was asked for: every state in it is at least as new
 * @param complete false as long as no LIST has succeeded; then there is nothing in it and nothing to conclude
 * @param clusters by id
 * @param lastError why the latest refresh failed, when it did; the clusters are then those of the last good one
 */
public record Snapshot(
        Instant at, boolean complete, Map<ArmId, ManagedClusterState> clusters, Optional<FleetException> lastError) {
    public Snapshot {
        clusters = Map.copyOf(clusters);
    }

    /** The cluster with that id, if the LIST had it. */
    public Optional<ManagedClusterState> cluster(ArmId id) {
        return Optional.ofNullable(clusters.get(id));
    }

    /** Whether this is whole and not older than that. */
    public boolean freshEnough(Duration maxAge, Instant now) {
        return complete && !at.plus(maxAge).isBefore(now);
    }

    /** Whether this tells how things were after the given instant, such as the end of an operation of ours. */
    public boolean seenSince(Instant instant) {
        return complete && at.isAfter(instant);
    }
}
