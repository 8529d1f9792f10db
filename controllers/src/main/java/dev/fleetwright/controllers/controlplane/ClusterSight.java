package dev.fleetwright.controllers.controlplane;

import dev.fleetwright.azure.ManagedClusterState;

/** What Azure showed of a managed cluster. */
sealed interface ClusterSight {
    /** Azure was not asked: there is nothing yet to ask about, or an operation tells enough. */
    record NotLooked() implements ClusterSight {}

    /** A positive answer: there is none of that id. */
    record Absent() implements ClusterSight {}

    record Seen(ManagedClusterState cluster) implements ClusterSight {}
}
