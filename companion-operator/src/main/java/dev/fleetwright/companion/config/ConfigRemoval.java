package dev.fleetwright.companion.config;

import java.util.List;
import java.util.stream.Collectors;

/** What to do with an AzureClusterAdditionalConfig that is being deleted. */
sealed interface ConfigRemoval {

    /** Not yet. */
    record Hold(String reason, String message) implements ConfigRemoval {}

    /** Delete these children; those that are being deleted already are not among them. */
    record Delete(List<Child> children, String message) implements ConfigRemoval {}

    /** Let the object go. */
    record Release() implements ConfigRemoval {}

    static ConfigRemoval of(ConfigObservation seen) {
        if (seen.pause().isPresent()) {
            return new Hold("Paused", seen.pause().get());
        }
        var staying =
                seen.children().stream().filter(child -> !child.deleting()).toList();
        var message = "removing "
                + seen.children().stream().map(Child::label).sorted().collect(Collectors.joining(", "));
        return switch (seen.stage()) {
            case PROTECTED ->
                new Hold("DeletionProtected", "the Cluster was deleted but is protected: nothing is removed");
            // Role assignments outlive the managed cluster, and look after themselves from here.
            case LEAVING, REMOVED -> staying.isEmpty() ? new Release() : new Delete(staying, message);
            case ABSENT, LIVING -> seen.children().isEmpty() ? new Release() : new Delete(staying, message);
        };
    }
}
