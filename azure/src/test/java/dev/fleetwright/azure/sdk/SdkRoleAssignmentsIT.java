package dev.fleetwright.azure.sdk;

import static dev.fleetwright.azure.sdk.SimulatedAzure.REGISTRY;
import static dev.fleetwright.azure.sdk.SimulatedAzure.SUBSCRIPTION;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpMethod;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fleetwright.api.ArmId;
import dev.fleetwright.azure.RoleAssignment;
import dev.fleetwright.azure.RoleAssignments;
import dev.fleetwright.azure.RoleGrant;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SdkRoleAssignmentsIT {
    private static final String ACR_PULL = "/subscriptions/" + SUBSCRIPTION
            + "/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d";

    @TempDir
    static Path folder;

    private static SimulatedAzure simulated;
    private static RoleAssignments assignments;

    @BeforeAll
    static void start() {
        simulated = new SimulatedAzure(folder);
        assignments = simulated.azure().roleAssignments();
    }

    @AfterAll
    static void stop() {
        simulated.close();
    }

    @Test
    void aGrantIsMadeOnceHoweverOftenItIsAskedFor() {
        RoleGrant grant = grant();

        RoleAssignment made = assignments.ensure(grant);

        assertThat(assignments.ensure(grant).id()).isEqualTo(made.id());
        assertThat(made.madeBy(grant)).isTrue();
        assertThat(made.principalType()).isEqualTo("ServicePrincipal");
        assertThat(assignments.list(REGISTRY, grant.principalID())).hasSize(1);
        assertThat(assignments.get(grant.assignmentID())).contains(made);
    }

    @Test
    void aGrantThatSomebodyElseMadeIsFoundAndLeftTheirs() {
        RoleGrant grant = grant();
        ArmId theirs = REGISTRY.child("providers", "Microsoft.Authorization")
                .child("roleAssignments", UUID.randomUUID().toString());
        make(theirs, grant);

        RoleAssignment found = assignments.ensure(grant);

        assertThat(found.id()).isEqualTo(theirs);
        assertThat(found.madeBy(grant)).isFalse();
        assertThat(found.gives(grant)).isTrue();
    }

    @Test
    void aDeletedAssignmentIsAbsentAndDeletingItAgainIsFine() {
        RoleGrant grant = grant();
        assignments.ensure(grant);

        assignments.delete(grant.assignmentID());
        assignments.delete(grant.assignmentID());

        assertThat(assignments.get(grant.assignmentID())).isEmpty();
    }

    private static RoleGrant grant() {
        return new RoleGrant(REGISTRY, ACR_PULL, UUID.randomUUID().toString(), "ServicePrincipal");
    }

    /** Makes the grant under another name, as somebody else's tool would. */
    private static void make(ArmId name, RoleGrant grant) {
        var body = JsonNodeFactory.instance.objectNode();
        body.putObject("properties")
                .put("roleDefinitionId", grant.roleDefinitionID())
                .put("principalId", grant.principalID())
                .put("principalType", grant.principalType());
        simulated
                .arm()
                .write(HttpMethod.PUT, name, ApiVersions.ROLE_ASSIGNMENTS, body, new ArmCondition.None(), "make it");
    }
}
