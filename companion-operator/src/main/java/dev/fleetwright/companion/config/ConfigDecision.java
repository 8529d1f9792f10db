package dev.fleetwright.companion.config;

import dev.fleetwright.companion.config.SectionState.Progress;
import java.util.List;
import java.util.Optional;

/** What to do with an AzureClusterAdditionalConfig that lives. */
sealed interface ConfigDecision {

    /** Somebody paused it. */
    record Pause(String why) implements ConfigDecision {}

    /** Its Cluster goes, so the object goes as well. */
    record Retire() implements ConfigDecision {}

    /** Something else has to happen first. */
    record Wait(String reason, String message) implements ConfigDecision {}

    /** Bring the children to what is wanted; nothing to apply and nothing to delete is the quiet state. */
    record Align(List<Child> apply, List<Child> delete, List<Progress> progress) implements ConfigDecision {}

    static ConfigDecision of(ConfigObservation seen) {
        if (seen.pause().isPresent()) {
            return new Pause(seen.pause().get());
        }
        return switch (seen.stage()) {
            case LEAVING, REMOVED -> new Retire();
            case PROTECTED ->
                new Wait("DeletionProtected", "the Cluster was deleted but is protected: nothing is changed");
            case ABSENT -> new Wait("WaitingForCluster", seen.missing());
            case LIVING ->
                new Align(
                        seen.sections().stream()
                                .flatMap(section -> section.toApply().stream())
                                .toList(),
                        seen.sections().stream()
                                .flatMap(section -> section.toDelete().stream())
                                .toList(),
                        seen.sections().stream()
                                .map(SectionState::progress)
                                .flatMap(Optional::stream)
                                .toList());
        };
    }
}
