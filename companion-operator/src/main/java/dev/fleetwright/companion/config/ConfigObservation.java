package dev.fleetwright.companion.config;

import dev.fleetwright.companion.anchor.Stage;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one AzureClusterAdditionalConfig.
 *
 * @param stage of its Cluster
 * @param missing what to wait for when the stage is ABSENT
 * @param pause why nothing may be written, if so
 * @param sections asked when the stage is LIVING, else empty
 * @param children all of ours, for a deletion
 */
record ConfigObservation(
        Stage stage, String missing, Optional<String> pause, List<SectionState> sections, List<Child> children) {}
