package dev.fleetwright.azure;

import java.util.Locale;

/** Names of Azure regions: people write {@code West Europe}, Azure answers {@code westeurope}. */
final class AzureLocation {
    private AzureLocation() {}

    static String canonical(String location) {
        return location.replace(" ", "").toLowerCase(Locale.ROOT);
    }
}
