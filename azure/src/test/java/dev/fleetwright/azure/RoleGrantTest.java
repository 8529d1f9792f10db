package dev.fleetwright.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.api.ArmId;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RoleGrantTest {
    private static final String ACR_PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
    private static final ArmId REGISTRY = ArmId.resourceGroup("s", "g")
            .child("providers", "Microsoft.ContainerRegistry")
            .child("registries", "acme");

    @Test
    void theSameGrantAlwaysGetsTheSameName() {
        RoleGrant grant = grant(REGISTRY, "/subscriptions/s/" + roles(ACR_PULL), "p");
        RoleGrant otherCase = grant(
                ArmId.parse(REGISTRY.toString().replace("acme", "ACME")),
                "/" + roles(ACR_PULL.toUpperCase(Locale.ROOT)),
                "P");

        assertThat(otherCase.assignmentName()).isEqualTo(grant.assignmentName());
        assertThat(grant.assignmentName().version()).isEqualTo(8);
        assertThat(grant.assignmentName().variant()).isEqualTo(2);
    }

    @Test
    void anotherScopeRoleOrPrincipalGetsAnotherName() {
        RoleGrant grant = grant(REGISTRY, "/" + roles(ACR_PULL), "p");

        assertThat(grant(REGISTRY.child("a", "b"), "/" + roles(ACR_PULL), "p").assignmentName())
                .isNotEqualTo(grant.assignmentName());
        assertThat(grant(REGISTRY, "/" + roles("other"), "p").assignmentName()).isNotEqualTo(grant.assignmentName());
        assertThat(grant(REGISTRY, "/" + roles(ACR_PULL), "q").assignmentName()).isNotEqualTo(grant.assignmentName());
    }

    @Test
    void anAssignmentIsKnownByWhatItGivesAndByWhoMadeIt() {
        RoleGrant grant = grant(REGISTRY, "/" + roles(ACR_PULL), "p");
        RoleAssignment foreign = new RoleAssignment(
                REGISTRY.child("providers", "Microsoft.Authorization").child("roleAssignments", "x"),
                REGISTRY,
                "/subscriptions/s/" + roles(ACR_PULL),
                "P",
                "ServicePrincipal");

        assertThat(foreign.gives(grant)).isTrue();
        assertThat(foreign.madeBy(grant)).isFalse();
    }

    private static RoleGrant grant(ArmId scope, String role, String principal) {
        return new RoleGrant(scope, role, principal, "ServicePrincipal");
    }

    private static String roles(String guid) {
        return "providers/Microsoft.Authorization/roleDefinitions/" + guid;
    }
}
