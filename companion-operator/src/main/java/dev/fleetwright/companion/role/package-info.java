/**
 * AzureRoleAssignment: one role assignment in Azure, made once, checked for drift, removed when the object goes.
 * Uses the Azure port RoleAssignments; the only writer of role assignments.
 * Used by the process, which registers the controller.
 */
@NullMarked
package dev.fleetwright.companion.role;

import org.jspecify.annotations.NullMarked;
