package dev.fleetwright.companion.role;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.azure.RoleAssignment;
import dev.fleetwright.azure.RoleGrant;
import dev.fleetwright.companion.anchor.Stage;
import java.util.Optional;

/**
 * What is known of one role assignment.
 *
 * @param stage of the Cluster on whose behalf it stands
 * @param missing what to wait for when the stage is ABSENT
 * @param pause why nothing may be written, if so
 * @param orphan whether the assignment stays in Azure when the object goes
 * @param grant what the spec asks for; empty when it cannot be understood, which only a deletion gets to see
 * @param recorded the id noted in status before the first write; empty: nothing was ever written
 * @param found what Azure has under the recorded id; empty also when it was not asked for
 * @param sharedWith another object that asks for the same grant and stays
 */
record RoleObservation(
        Stage stage,
        String missing,
        Optional<String> pause,
        boolean orphan,
        Optional<RoleGrant> grant,
        Optional<ArmId> recorded,
        Optional<RoleAssignment> found,
        Optional<String> sharedWith) {

    /** Whether the recorded id is the one that we make, not one that others made before us. */
    boolean ours() {
        return grant.map(RoleGrant::assignmentID).equals(recorded);
    }
}
