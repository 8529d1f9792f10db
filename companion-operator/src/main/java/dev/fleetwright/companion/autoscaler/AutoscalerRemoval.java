package dev.fleetwright.companion.autoscaler;

/** What to do with an AzureClusterAutoscaler that is being deleted. */
sealed interface AutoscalerRemoval {

    /** Not yet. */
    record Hold(String reason, String message) implements AutoscalerRemoval {}

    /** Take our keys from the ManagedControlPlane, then let the object go. Azure keeps the last values. */
    record Withdraw() implements AutoscalerRemoval {}

    /** Let the object go. */
    record Release() implements AutoscalerRemoval {}

    static AutoscalerRemoval of(AutoscalerObservation seen) {
        if (seen.pause().isPresent()) {
            return new Hold("Paused", seen.pause().get());
        }
        return switch (seen.stage()) {
            case PROTECTED ->
                new Hold("DeletionProtected", "the Cluster was deleted but is protected: nothing is removed");
            case LEAVING, REMOVED -> new Release();
            case ABSENT, LIVING -> seen.owned().isEmpty() || seen.senior().isPresent() ? new Release() : new Withdraw();
        };
    }
}
