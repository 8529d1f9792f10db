package dev.fleetwright.companion.autoscaler;

import dev.fleetwright.companion.anchor.Stage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of one AzureClusterAutoscaler.
 *
 * @param stage of its Cluster
 * @param missing what to wait for when the stage is ABSENT
 * @param pause why nothing may be written, if so
 * @param senior another object for the same Cluster that came first and stays
 * @param wanted keys and values of the profile in the spec
 * @param actual keys and values of the profile on the ManagedControlPlane
 * @param owned keys of that profile that are ours
 * @param carriedOut whether the controllers have brought the ManagedControlPlane's spec as it is to Azure
 * @param settled whether this generation of the object has been carried out before
 */
record AutoscalerObservation(
        Stage stage,
        String missing,
        Optional<String> pause,
        Optional<String> senior,
        Map<String, Object> wanted,
        Map<String, Object> actual,
        Set<String> owned,
        boolean carriedOut,
        boolean settled) {

    /** Whether we own exactly what we want, and it has the values we want. */
    boolean applied() {
        return owned.equals(wanted.keySet())
                && wanted.entrySet().stream().allMatch(leaf -> leaf.getValue().equals(actual.get(leaf.getKey())));
    }
}
