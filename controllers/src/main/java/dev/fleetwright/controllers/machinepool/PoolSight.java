package dev.fleetwright.controllers.machinepool;

import dev.fleetwright.azure.AgentPoolState;
import dev.fleetwright.azure.ManagedClusterState;

/** What Azure showed of one agent pool. Each but the first is a positive answer. */
sealed interface PoolSight {
    /** Azure was not asked: there is nothing yet to ask about. */
    record NotLooked() implements PoolSight {}

    /** There is no managed cluster of that id. */
    record NoCluster() implements PoolSight {}

    /** The cluster is there, the pool is not. */
    record NoPool(ManagedClusterState cluster) implements PoolSight {}

    /** Both are there. */
    record Seen(ManagedClusterState cluster, AgentPoolState pool) implements PoolSight {}
}
