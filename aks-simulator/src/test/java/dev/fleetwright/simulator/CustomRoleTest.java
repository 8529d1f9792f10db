package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.simulator.entra.Principal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles that somebody defines. */
class CustomRoleTest {
    private static final Principal NEWCOMER = Principal.of(Wire.TENANT, "33333333-3333-3333-3333-333333333333", "new")
            .needingRoles();
    private static final String SCALER = "bbbbbbbb-0000-0000-0000-000000000001";
    private static final String OTHER = "bbbbbbbb-0000-0000-0000-000000000002";
    private static final String READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
    private static final String VERSION = "?api-version=2022-04-01";

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void start() {
        bench = open(new ManualTimeline()).withCluster();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private Bench open(ManualTimeline time) {
        return new Bench(folder, options -> options.withPrincipal(NEWCOMER).withState(folder.resolve("state")), time);
    }

    private static String definition(String guid) {
        return Wire.S + "/providers/Microsoft.Authorization/roleDefinitions/" + guid + VERSION;
    }

    private static String role(String name, String scope) {
        return """
            {'properties':{'roleName':'%s','type':'CustomRole','description':'scales','assignableScopes':['%s'],
             'permissions':[{'actions':['Microsoft.ContainerService/managedClusters/*'],
                             'notActions':['Microsoft.ContainerService/managedClusters/delete']}]}}
            """.formatted(name, scope);
    }

    private Answer assign(String scope, String role) {
        return bench.arm.put(
                scope + "/providers/Microsoft.Authorization/roleAssignments/" + UUID.randomUUID() + VERSION,
                "{'properties':{'principalType':'ServicePrincipal','principalId':'" + NEWCOMER.objectId()
                        + "','roleDefinitionId':'" + Wire.S + "/providers/Microsoft.Authorization/roleDefinitions/"
                        + role
                        + "'}}");
    }

    @Test
    void aCustomRoleAllowsWhatItSaysAndNoMoreAndOutlivesARestart() {
        Answer made = bench.arm.put(definition(SCALER), role("Scaler", Wire.RG));
        assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
        assertThat(assign(Wire.RG, SCALER).status()).isEqualTo(201);
        Instant now = bench.time.now();
        bench.close();
        bench = open(new ManualTimeline(now));
        assertThat(bench.arm.get(definition(SCALER)).body()).isEqualTo(made.body());
        try (var newcomer = new Wire(bench.simulator).signedIn(NEWCOMER)) {
            assertThat(newcomer.put(Bench.POOL + "blue", Bench.pool(1)).status())
                    .isEqualTo(201);
            assertThat(newcomer.delete(Wire.MC).code()).isEqualTo("AuthorizationFailed");
            assertThat(newcomer.get(Wire.RG).code()).isEqualTo("AuthorizationFailed");
        }
    }

    @Test
    void aCustomRoleIsAssignedOnlyWhereItSays() {
        bench.arm.put(definition(SCALER), role("Scaler", Wire.RG));
        assertThat(assign(Wire.S, SCALER).code()).isEqualTo("RoleAssignmentScopeNotAssignableToRoleDefinition");
        assertThat(assign(Wire.MC, SCALER).status()).isEqualTo(201);
    }

    @Test
    void aRoleThatSomebodyHasIsNotDeleted() {
        bench.arm.put(definition(SCALER), role("Scaler", Wire.RG));
        Answer assignment = assign(Wire.RG, SCALER);
        Answer refused = bench.arm.delete(definition(SCALER));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("RoleDefinitionHasAssignments");
        bench.arm.delete(assignment.text("/id") + VERSION);
        assertThat(bench.arm.delete(definition(SCALER)).text("/properties/roleName"))
                .isEqualTo("Scaler");
        assertThat(bench.arm.delete(definition(SCALER)).status()).isEqualTo(204);
        assertThat(bench.arm.get(definition(SCALER)).code()).isEqualTo("RoleDefinitionDoesNotExist");
    }

    @Test
    void noTwoRolesHaveOneName() {
        bench.arm.put(definition(SCALER), role("Scaler", Wire.RG));
        Answer twice = bench.arm.put(definition(OTHER), role("scaler", Wire.RG));
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.code()).isEqualTo("RoleDefinitionWithSameNameExists");
        assertThat(bench.arm.put(definition(OTHER), role("Reader", Wire.RG)).status())
                .isEqualTo(409);
        // its own name is no obstacle
        assertThat(bench.arm.put(definition(SCALER), role("Scaler", Wire.S)).status())
                .isEqualTo(201);
    }

    @Test
    void whatIsIncompleteOrBuiltInIsRefused() {
        assertThat(bench.arm
                        .put(definition(SCALER), "{'properties':{'roleName':'x'}}")
                        .status())
                .isEqualTo(400);
        assertThat(bench.arm.put(definition("scaler"), role("Scaler", Wire.RG)).code())
                .isEqualTo("InvalidRoleDefinitionId");
        assertThat(bench.arm.put(definition(READER), role("Mine", Wire.RG)).status())
                .isEqualTo(400);
        assertThat(bench.arm.delete(definition(READER)).status()).isEqualTo(400);
    }

    @Test
    void listsTellCustomRolesFromBuiltInOnes() {
        bench.arm.put(definition(SCALER), role("Scaler", Wire.RG));
        String all = definition("").replace("/?", "?");
        int every = bench.arm.get(all).body().path("value").size();
        var custom =
                bench.arm.get(all + "&$filter=type%20eq%20'CustomRole'").body().path("value");
        assertThat(custom).hasSize(1);
        assertThat(custom.at("/0/properties/type").asText()).isEqualTo("CustomRole");
        assertThat(bench.arm
                        .get(all + "&$filter=type%20eq%20'BuiltInRole'")
                        .body()
                        .path("value"))
                .hasSize(every - 1);
        assertThat(bench.arm
                        .get(all + "&$filter=roleName%20eq%20'Scaler'")
                        .body()
                        .path("value"))
                .hasSize(1);
    }
}
