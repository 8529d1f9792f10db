package dev.fleetwright.azure;

import dev.fleetwright.api.ArmId;

/** A role assignment as Azure reports it. */
public record RoleAssignment(ArmId id, ArmId scope, String roleDefinitionID, String principalID, String principalType) {
    /** Whether this is the assignment that {@link RoleAssignments#ensure} makes for that grant, known by its derived name. */
    public boolean madeBy(RoleGrant grant) {
        return id.equals(grant.assignmentID());
    }

    /** Whether this gives what the grant asks for, under whatever name. */
    public boolean gives(RoleGrant grant) {
        String role = roleDefinitionID.substring(roleDefinitionID.lastIndexOf('/') + 1);
        return scope.equals(grant.scope())
                && role.equalsIgnoreCase(grant.roleGUID())
                && principalID.equalsIgnoreCase(grant.principalID());
    }
}
