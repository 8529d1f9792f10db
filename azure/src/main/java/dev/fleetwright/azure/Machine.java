package dev.fleetwright.azure;

import dev.fleetwright.api.ArmId;

/**
 * One machine of an agent pool.
 *
 * @param name its name in the Machines API, which is what {@link AgentPools#deleteMachines} takes
 * @param resourceID the ARM id of the virtual machine
 */
public record Machine(String name, ArmId resourceID) {
    /** What the node has in {@code spec.providerID}, up to case: compare as {@link ArmId}, never as text. */
    public String providerID() {
        return "azure://" + resourceID;
    }
}
