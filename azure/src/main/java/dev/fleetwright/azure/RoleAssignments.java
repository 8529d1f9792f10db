package dev.fleetwright.azure;

import dev.fleetwright.api.ArmId;
import java.util.List;
import java.util.Optional;

/**
 * Role assignments. They are small, synchronous and never updated in place: another role or principal is another
 * assignment.
 */
public interface RoleAssignments {
    /** The assignment with that id, or empty when Azure says that it does not exist. */
    Optional<RoleAssignment> get(ArmId id);

    /** Every assignment made at exactly that scope for that principal; none of those inherited from above or made below. */
    List<RoleAssignment> list(ArmId scope, String principalID);

    /**
     * Sees to it that the grant exists, and returns the assignment that carries it.
     *
     * <p>The assignment's name is a GUID derived from scope, role and principal, so a repeated call meets its own earlier
     * work. When Azure answers that the same grant exists under another name, that one is returned: it is not ours, see
     * {@link RoleAssignment#madeBy}.
     *
     * <p>{@code ERR_RETRYABLE_INFRA_DEPENDENCIES} while the principal has not reached the directory yet.
     */
    RoleAssignment ensure(RoleGrant grant);

    /** Deletes the assignment; nothing happens when it is gone already. */
    void delete(ArmId id);
}
