package dev.fleetwright.companion.role;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.azure.RoleAssignment;
import dev.fleetwright.azure.RoleGrant;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;

/** What to do with a role assignment that shall exist. */
sealed interface RoleDecision {

    /** Somebody paused it. */
    record Pause(String why) implements RoleDecision {}

    /** Its Cluster goes, so the object goes as well. */
    record Retire() implements RoleDecision {}

    /** Something else has to happen first. */
    record Wait(String reason, String message) implements RoleDecision {}

    /** Note the id in status before anything is written under it, so that a crash leaves nothing unknown in Azure. */
    record Note(ArmId id) implements RoleDecision {}

    /** Create it in Azure. */
    record Grant(RoleGrant grant) implements RoleDecision {}

    /** It is there. */
    record Keep(RoleAssignment assignment) implements RoleDecision {}

    /**
     * The decision.
     *
     * @throws FleetException {@code ERR_SAFETY_STOP} when something else stands under the id that is derived for this
     *     grant: role assignments are never changed in place
     */
    static RoleDecision of(RoleObservation seen) {
        if (seen.pause().isPresent()) {
            return new Pause(seen.pause().get());
        }
        return switch (seen.stage()) {
            case LEAVING, REMOVED -> new Retire();
            case PROTECTED ->
                new Wait("DeletionProtected", "the Cluster was deleted but is protected: nothing is changed");
            case ABSENT -> new Wait("WaitingForCluster", seen.missing());
            case LIVING -> living(seen, seen.grant().orElseThrow());
        };
    }

    private static RoleDecision living(RoleObservation seen, RoleGrant grant) {
        if (seen.recorded().isEmpty()) {
            return new Note(grant.assignmentID());
        }
        if (seen.found().isEmpty()) {
            return seen.ours() ? new Grant(grant) : new Note(grant.assignmentID());
        }
        var assignment = seen.found().get();
        if (assignment.gives(grant)) {
            return new Keep(assignment);
        }
        throw FleetException.of(
                ErrorCode.SAFETY_STOP,
                "role assignment " + assignment.id() + " exists but grants something else than the spec says;"
                        + " it is not touched");
    }
}
