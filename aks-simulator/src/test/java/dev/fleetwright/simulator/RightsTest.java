package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.entra.Principal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications that may do only what roles allow. */
class RightsTest {
    private static final String READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
    private static final String CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c";
    private static final Principal NEWCOMER = Principal.of(Wire.TENANT, "ffffffff-0000-0000-0000-000000000001", "x")
            .needingRoles();

    @TempDir
    Path folder;

    private Bench bench;
    private Wire newcomer;

    @BeforeEach
    void start() {
        bench = new Bench(
                folder,
                options -> options.withPrincipal(NEWCOMER)
                        .withBehaviours(options.behaviours().with(Behaviour.ROLE_ASSIGNMENT_EFFECT, "300")));
        newcomer = new Wire(bench.simulator).signedIn(NEWCOMER);
        bench.withCluster();
    }

    @AfterEach
    void stop() {
        newcomer.close();
        bench.close();
    }

    private void assign(String scope, String role) {
        Answer answer = bench.arm.put(
                scope + "/providers/Microsoft.Authorization/roleAssignments/" + UUID.randomUUID()
                        + "?api-version=2022-04-01",
                "{'properties':{'principalType':'ServicePrincipal','principalId':'" + NEWCOMER.objectId()
                        + "','roleDefinitionId':'" + Wire.S + "/providers/Microsoft.Authorization/roleDefinitions/"
                        + role
                        + "'}}");
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
    }

    private void pass(Duration time) {
        bench.time.advance(time);
        newcomer.signedIn(NEWCOMER);
        bench.arm.signedIn();
    }

    @Test
    void withoutARoleTheActionIsForbiddenByItsName() {
        pass(Duration.ZERO);
        Answer answer = newcomer.get(Wire.MC);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("AuthorizationFailed");
        assertThat(answer.message()).contains("'Microsoft.ContainerService/managedClusters/read'");
    }

    @Test
    void aRoleTakesEffectLateAndAllowsNoMoreThanItSays() {
        assign(Wire.S, READER);
        pass(Duration.ofSeconds(290));
        assertThat(newcomer.get(Wire.MC).status()).isEqualTo(403);
        pass(Duration.ofSeconds(20));
        assertThat(newcomer.get(Wire.MC).status()).isEqualTo(200);
        assertThat(newcomer.delete(Wire.MC).message()).contains("'Microsoft.ContainerService/managedClusters/delete'");
        assertThat(newcomer.post(Wire.MC + "/listClusterUserCredential", "").status())
                .isEqualTo(403);
    }

    @Test
    void aRoleReachesBelowItsScopeAndNotBesideIt() {
        assign(Wire.RG, CONTRIBUTOR);
        pass(Duration.ofSeconds(301));
        assertThat(newcomer.put(Bench.POOL + "blue", Bench.pool(1)).status()).isEqualTo(201);
        assertThat(newcomer.put(Wire.RG + "2", "{'location':'westeurope'}").status())
                .isEqualTo(403);
        Answer assigning =
                newcomer.put(Wire.RG + "/providers/Microsoft.Authorization/roleAssignments/" + UUID.randomUUID(), "{}");
        assertThat(assigning.code()).isEqualTo("AuthorizationFailed");
    }
}
