package dev.fleetwright.companion.role;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.api.v1alpha1.AzureRoleAssignmentSpec;
import dev.fleetwright.azure.RoleGrant;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an AzureRoleAssignment means in Azure. */
final class Grants {
    private static final Pattern GUID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final String SERVICE_PRINCIPAL = "ServicePrincipal";

    private Grants() {}

    /**
     * The grant that the spec asks for.
     *
     * @throws FleetException {@code ERR_CONFIGURATION_PROBLEM} naming the field that cannot be used
     */
    static RoleGrant of(AzureRoleAssignmentSpec spec) {
        var scope =
                ArmId.tryParse(spec.scope()).orElseThrow(() -> invalid("spec.scope is not an ARM id: " + spec.scope()));
        var guid = GUID.matcher(spec.role()).matches()
                ? spec.role()
                : BuiltInRole.named(spec.role())
                        .map(BuiltInRole::guid)
                        .orElseThrow(() -> invalid("spec.role " + spec.role() + " is neither a GUID nor one of "
                                + String.join(", ", BuiltInRole.names())));
        if (!GUID.matcher(spec.principalID()).matches()) {
            throw invalid("spec.principalID is not an object id: " + spec.principalID());
        }
        @Nullable String type = spec.principalType();
        return new RoleGrant(
                scope,
                "/subscriptions/" + subscription(scope) + "/providers/Microsoft.Authorization/roleDefinitions/" + guid,
                spec.principalID(),
                type == null ? SERVICE_PRINCIPAL : type);
    }

    /** The same, but empty when the spec cannot be understood; for other objects than the one in work. */
    static Optional<RoleGrant> tryOf(AzureRoleAssignmentSpec spec) {
        try {
            return Optional.of(of(spec));
        } catch (FleetException e) {
            return Optional.empty();
        }
    }

    static String subscription(ArmId scope) {
        return scope.valueOf("subscriptions")
                .orElseThrow(() -> invalid("spec.scope is not in a subscription: " + scope));
    }

    private static FleetException invalid(String message) {
        return FleetException.of(ErrorCode.CONFIGURATION_PROBLEM, message);
    }
}
