package dev.fleetwright.azure;

import dev.fleetwright.azure.inventory.Inventory;

/**
 * One subscription, seen by one identity.
 *
 * <p>Every call is synchronous and short, is made once (a failed read is repeated at most once, a write never), and throws
 * {@link dev.fleetwright.core.error.FleetException} with a code of the error table. After a write that ended without an
 * answer ({@code ERR_TRANSIENT}) its outcome is unknown: read before writing again.
 */
public interface Azure {
    ManagedClusters managedClusters();

    AgentPools agentPools();

    ResourceGroups resourceGroups();

    RoleAssignments roleAssignments();

    Operations operations();

    /** All managed clusters of the subscription with their pools, from one shared LIST. */
    Inventory inventory();
}
