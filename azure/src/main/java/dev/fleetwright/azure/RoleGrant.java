package dev.fleetwright.azure;

import dev.fleetwright.api.ArmId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.UUID;

/**
 * The wish that a principal has a role at a scope.
 *
 * @param scope a resource, a resource group or a subscription
 * @param roleDefinitionID the role's ARM id, with or without its subscription
 * @param principalID the object id (not the client id) of the principal
 * @param principalType {@code ServicePrincipal}, {@code User} or {@code Group}. Always sent: without it Azure looks the
 *     principal up in a directory copy that may be minutes late
 */
public record RoleGrant(ArmId scope, String roleDefinitionID, String principalID, String principalType) {
    /** The GUID of the role itself, lower case: the last segment of its id, the same in every subscription. */
    public String roleGUID() {
        return roleDefinitionID.substring(roleDefinitionID.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    /** The name the assignment gets: always the same for the same scope, role and principal, whatever their case. */
    public UUID assignmentName() {
        String key = scope.toString().toLowerCase(Locale.ROOT)
                + '|'
                + roleGUID()
                + '|'
                + principalID.toLowerCase(Locale.ROOT);
        try {
            ByteBuffer hash =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
            // Version 8 of RFC 9562: a GUID of our own making, here from a SHA-256 hash.
            long high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
            long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The id of the assignment that {@link RoleAssignments#ensure} makes for this grant. */
    public ArmId assignmentID() {
        return ArmId.parse(scope + "/providers/Microsoft.Authorization/roleAssignments/" + assignmentName());
    }
}
