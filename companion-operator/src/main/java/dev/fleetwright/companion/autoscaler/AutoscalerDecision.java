package dev.fleetwright.companion.autoscaler;

import java.util.Map;

/** What to do with an AzureClusterAutoscaler that lives. */
sealed interface AutoscalerDecision {

    /** Somebody paused it. */
    record Pause(String why) implements AutoscalerDecision {}

    /** Its Cluster goes, so the object goes as well. */
    record Retire() implements AutoscalerDecision {}

    /** Something else has to happen first. */
    record Wait(String reason, String message) implements AutoscalerDecision {}

    /** Another object says what the profile is. */
    record Yield(String senior) implements AutoscalerDecision {}

    /** Write the profile to the ManagedControlPlane. */
    record Apply(Map<String, Object> profile) implements AutoscalerDecision {}

    /** The profile is where it belongs. */
    record Keep() implements AutoscalerDecision {}

    static AutoscalerDecision of(AutoscalerObservation seen) {
        if (seen.pause().isPresent()) {
            return new Pause(seen.pause().get());
        }
        return switch (seen.stage()) {
            case LEAVING, REMOVED -> new Retire();
            case PROTECTED ->
                new Wait("DeletionProtected", "the Cluster was deleted but is protected: nothing is changed");
            case ABSENT -> new Wait("WaitingForCluster", seen.missing());
            case LIVING -> living(seen);
        };
    }

    private static AutoscalerDecision living(AutoscalerObservation seen) {
        if (seen.senior().isPresent()) {
            return new Yield(seen.senior().get());
        }
        if (!seen.applied()) {
            return new Apply(seen.wanted());
        }
        return seen.carriedOut() || seen.settled()
                ? new Keep()
                : new Wait("WaitingForControlPlane", "written to the ManagedControlPlane, on its way to Azure");
    }
}
