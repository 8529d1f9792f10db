package dev.fleetwright.companion.role;

import dev.fleetwright.api.ArmId;
import java.time.Duration;

/** What to do with a role assignment whose object is being deleted. */
sealed interface RoleRemoval {

    /**
     * When all objects of a cluster are deleted in one breath, the Cluster's deletion may be seen a moment after this
     * one's; acting at once would take the right away from a cluster that is still draining.
     */
    Duration BREATH = Duration.ofSeconds(3);

    /** Not yet. */
    record Hold(String reason, String message) implements RoleRemoval {}

    /** Not before this time has passed. */
    record Settle(Duration rest) implements RoleRemoval {}

    /** Nothing of ours is in Azure, or it is to stay there: let the object go. */
    record Release(String why) implements RoleRemoval {}

    /** Delete it in Azure, then let the object go. */
    record Revoke(ArmId id) implements RoleRemoval {}

    /**
     * The decision.
     *
     * @param age how long ago the object was deleted
     */
    static RoleRemoval of(RoleObservation seen, Duration age) {
        if (seen.pause().isPresent()) {
            return new Hold("Paused", seen.pause().get());
        }
        if (seen.recorded().isEmpty()) {
            return new Release("nothing was written");
        }
        if (seen.orphan()) {
            return new Release("its deletion policy is Orphan");
        }
        return switch (seen.stage()) {
            case PROTECTED ->
                new Hold("DeletionProtected", "the Cluster was deleted but is protected: Azure is not touched");
            case LEAVING ->
                new Hold(
                        "WaitingForControlPlaneDeletion",
                        "kept until the managed cluster is gone, which may need it to the end");
            case LIVING -> age.compareTo(BREATH) < 0 ? new Settle(BREATH.minus(age)) : gone(seen);
            case ABSENT, REMOVED -> gone(seen);
        };
    }

    private static RoleRemoval gone(RoleObservation seen) {
        if (seen.sharedWith().isPresent()) {
            return new Release("AzureRoleAssignment " + seen.sharedWith().get() + " asks for the same");
        }
        return seen.ours() && seen.recorded().isPresent()
                ? new Revoke(seen.recorded().get())
                : new Release("it was not made by us");
    }
}
