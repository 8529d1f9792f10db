package dev.fleetwright.simulator.aks.rules;

import java.util.Map;

/**
 * What a subscription may use in one region.
 *
 * @param vcpusPerFamily by quota family such as "standardDSv5Family"; families that are not named are unlimited
 * @param vcpus over all families
 * @param clusters managed clusters
 */
public record Quotas(Map<String, Integer> vcpusPerFamily, int vcpus, int clusters) {
    public Quotas {
        vcpusPerFamily = Map.copyOf(vcpusPerFamily);
    }

    public static Quotas unlimited() {
        return new Quotas(Map.of(), Integer.MAX_VALUE, Integer.MAX_VALUE);
    }
}
