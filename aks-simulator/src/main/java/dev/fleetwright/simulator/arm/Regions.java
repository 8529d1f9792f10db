package dev.fleetwright.simulator.arm;

import java.util.List;
import java.util.Locale;

/** The regions that exist here. */
public record Regions(List<String> names) {
    /** A dozen of the public cloud's. */
    public static final List<String> DEFAULT = List.of(
            "australiaeast",
            "centralus",
            "eastus",
            "eastus2",
            "francecentral",
            "germanywestcentral",
            "northeurope",
            "southeastasia",
            "swedencentral",
            "switzerlandnorth",
            "uksouth",
            "westeurope",
            "westus2",
            "westus3");

    public Regions {
        names = List.copyOf(names);
    }

    /** The canonical name: display names such as "West Europe" are taken too. */
    public String require(String location, String resourceType) {
        String canonical = canonical(location);
        if (canonical.isEmpty()) {
            throw ArmError.gateway(400, "LocationRequired", "The location property is required for this definition.");
        }
        if (!names.contains(canonical)) {
            throw ArmError.gateway(
                    400,
                    "LocationNotAvailableForResourceType",
                    "The provided location '" + location + "' is not available for resource type '" + resourceType
                            + "'. List of available regions for the resource type is '" + String.join(",", names)
                            + "'.");
        }
        return canonical;
    }

    public static String canonical(String location) {
        return location.replace(" ", "").toLowerCase(Locale.ROOT);
    }
}
