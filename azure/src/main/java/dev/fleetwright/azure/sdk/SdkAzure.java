package dev.fleetwright.azure.sdk;

import dev.fleetwright.azure.AgentPools;
import dev.fleetwright.azure.Azure;
import dev.fleetwright.azure.ManagedClusters;
import dev.fleetwright.azure.Operations;
import dev.fleetwright.azure.ResourceGroups;
import dev.fleetwright.azure.RoleAssignments;
import dev.fleetwright.azure.inventory.Inventory;
import java.time.Duration;
import java.time.InstantSource;

/** One subscription over one ARM client. */
record SdkAzure(
        ManagedClusters managedClusters,
        AgentPools agentPools,
        ResourceGroups resourceGroups,
        RoleAssignments roleAssignments,
        Operations operations,
        Inventory inventory)
        implements Azure {
    SdkAzure(ArmClient arm, String subscriptionID, Duration inventoryPace, InstantSource clock) {
        this(arm, new SdkManagedClusters(arm), subscriptionID, inventoryPace, clock);
    }

    private SdkAzure(
            ArmClient arm,
            SdkManagedClusters clusters,
            String subscriptionID,
            Duration inventoryPace,
            InstantSource clock) {
        this(
                clusters,
                new SdkAgentPools(arm),
                new SdkResourceGroups(arm),
                new SdkRoleAssignments(arm),
                new SdkOperations(arm),
                new Inventory(() -> clusters.list(subscriptionID), inventoryPace, clock));
    }
}
