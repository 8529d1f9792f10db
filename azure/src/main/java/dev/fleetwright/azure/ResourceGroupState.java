package dev.fleetwright.azure;

import dev.fleetwright.api.ArmId;
import java.util.Map;

/** A resource group as Azure reports it. */
public record ResourceGroupState(
        ArmId id, String location, Map<String, String> tags, ProvisioningState provisioningState) {
    public ResourceGroupState {
        tags = Map.copyOf(tags);
    }
}
