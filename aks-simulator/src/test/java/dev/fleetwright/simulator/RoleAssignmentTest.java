package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoleAssignmentTest {
    private static final String REGISTRY =
            Wire.S + "/resourceGroups/shared/providers/Microsoft.ContainerRegistry/registries/acme";
    private static final String ASSIGNMENTS = REGISTRY + "/providers/Microsoft.Authorization/roleAssignments";
    private static final String ONE = ASSIGNMENTS + "/aaaaaaaa-0000-0000-0000-000000000001";
    private static final String TWO = ASSIGNMENTS + "/aaaaaaaa-0000-0000-0000-000000000002";
    private static final String PULL =
            "/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d";
    private static final String PRINCIPAL = "bbbbbbbb-0000-0000-0000-000000000001";

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(folder, options -> options.withRegistry(REGISTRY));
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private static String body(String principal) {
        return "{'properties':{'roleDefinitionId':'" + PULL + "','principalId':'" + principal
                + "','principalType':'ServicePrincipal'}}";
    }

    @Test
    void anAssignmentIsMadeReadFoundByPrincipalAndDeleted() {
        Answer made = bench.arm.put(ONE, body(PRINCIPAL));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().at("/properties/createdBy").isNull()).isTrue();
        assertThat(made.text("/properties/scope")).isEqualTo(REGISTRY);
        assertThat(bench.arm.get(ONE).text("/properties/createdBy")).isEqualTo(Wire.OPERATOR.clientId());
        String filter = "?api-version=2022-04-01&$filter="
                + URLEncoder.encode("principalId eq '" + PRINCIPAL + "'", StandardCharsets.UTF_8);
        assertThat(bench.arm.get(ASSIGNMENTS + filter).body().path("value")).hasSize(1);
        assertThat(bench.arm
                        .get(ASSIGNMENTS + filter.replace(PRINCIPAL, "other"))
                        .body()
                        .path("value"))
                .isEmpty();
        assertThat(bench.arm.delete(ONE).status()).isEqualTo(200);
        assertThat(bench.arm.get(ONE).code()).isEqualTo("RoleAssignmentNotFound");
        assertThat(bench.arm.delete(ONE).status()).isEqualTo(204);
    }

    @Test
    void theSameGrantUnderAnotherNameExistsAlready() {
        bench.arm.put(ONE, body(PRINCIPAL));
        Answer second = bench.arm.put(TWO, body(PRINCIPAL));
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("RoleAssignmentExists");
        assertThat(bench.arm.put(ONE, body(PRINCIPAL)).status()).isEqualTo(200);
    }

    @Test
    void anAssignmentCannotBeTurnedIntoAnother() {
        bench.arm.put(ONE, body(PRINCIPAL));
        assertThat(bench.arm
                        .put(ONE, body("bbbbbbbb-0000-0000-0000-000000000002"))
                        .code())
                .isEqualTo("RoleAssignmentUpdateNotPermitted");
    }

    @Test
    void aPrincipalThatNobodyKnowsNeedsItsTypeSent() {
        Answer refused = bench.arm.put(ONE, body(PRINCIPAL).replace(",'principalType':'ServicePrincipal'", ""));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("PrincipalNotFound");
        assertThat(refused.message()).contains(PRINCIPAL.replace("-", ""));
    }

    @Test
    void theScopeHasToExist() {
        Answer missing = bench.arm.put(ONE.replace("/acme/", "/other/"), body(PRINCIPAL));
        assertThat(missing.code()).isEqualTo("ResourceNotFound");
    }

    @Test
    void assignmentsGoWithTheClusterThatIsTheirScope() {
        bench.withCluster();
        String onCluster =
                Wire.MC + "/providers/Microsoft.Authorization/roleAssignments/aaaaaaaa-0000-0000-0000-000000000003";
        assertThat(bench.arm.put(onCluster, body(PRINCIPAL)).status()).isEqualTo(201);
        bench.arm.delete(Wire.MC);
        bench.settle();
        assertThat(bench.arm.get(onCluster).status()).isEqualTo(404);
    }
}
