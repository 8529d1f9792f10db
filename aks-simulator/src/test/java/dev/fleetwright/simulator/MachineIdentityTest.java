package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.simulator.entra.Principal;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineIdentityTest {
    private static final Principal OWN =
            Principal.of(Wire.TENANT, "bbbbbbbb-0000-0000-0000-000000000001").asManagedIdentity();
    private static final String RESOURCE = "?resource=https%3A%2F%2Fmanagement.azure.com%2F&api-version=2019-08-01";
    private static final String ASSIGNED =
            Wire.RG + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/robot";

    @TempDir
    static Path folder;

    private static Bench bench;

    @BeforeAll
    static void start() {
        bench = new Bench(folder, options -> options.withPrincipal(OWN));
        bench.arm.put(Wire.RG, "{'location':'westeurope'}");
        bench.arm.put(ASSIGNED, "{'location':'westeurope'}");
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    private static URI endpoint(String query) {
        return URI.create(bench.simulator.machineEnvironment().get("IDENTITY_ENDPOINT") + query);
    }

    private static Answer appService(String query) {
        String secret = bench.simulator.machineEnvironment().get("IDENTITY_HEADER");
        return bench.arm.call("GET", endpoint(query).toString(), "", "X-IDENTITY-HEADER", secret);
    }

    private static Answer metadata(String query) {
        String host = bench.simulator.machineEnvironment().get("AZURE_POD_IDENTITY_AUTHORITY_HOST");
        return bench.arm.call("GET", host + "/metadata/identity/oauth2/token" + query, "", "Metadata", "true");
    }

    @Test
    void anAppServiceHandsOutTokensOverPlainHttpThatArmAccepts() {
        Answer answer = appService(RESOURCE);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/token_type")).isEqualTo("Bearer");
        assertThat(answer.text("/resource")).isEqualTo("https://management.azure.com/");
        assertThat(answer.body().path("expires_on").isTextual()).isTrue();
        try (var wire = new Wire(bench.simulator).withToken(answer.text("/access_token"))) {
            assertThat(wire.get(Wire.S).status()).isEqualTo(200);
        }
    }

    @Test
    void theSecretHeaderIsAskedFor() {
        assertThat(bench.arm.call("GET", endpoint(RESOURCE).toString(), "").status())
                .isEqualTo(401);
    }

    @Test
    void theMetadataServiceAsksForItsHeaderAndNamesTheClient() {
        String host = bench.simulator.machineEnvironment().get("AZURE_POD_IDENTITY_AUTHORITY_HOST");
        Answer bare = bench.arm.call("GET", host + "/metadata/identity/oauth2/token" + RESOURCE, "");
        assertThat(bare.status()).isEqualTo(400);
        assertThat(bare.text("/error_description")).isEqualTo("Required metadata header not specified");
        Answer answer = metadata(RESOURCE);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/client_id")).isEqualTo(OWN.clientId());
    }

    @Test
    void aUserAssignedIdentityIsChosenByAnyOfItsNames() {
        Answer resource = bench.arm.get(ASSIGNED);
        String clientId = resource.text("/properties/clientId");
        assertThat(metadata(RESOURCE + "&client_id=" + clientId).text("/client_id"))
                .isEqualTo(clientId);
        assertThat(metadata(RESOURCE + "&object_id=" + resource.text("/properties/principalId"))
                        .text("/client_id"))
                .isEqualTo(clientId);
        assertThat(appService(RESOURCE + "&mi_res_id=" + ASSIGNED).text("/client_id"))
                .isEqualTo(clientId);
    }

    @Test
    void anIdentityThatIsNotThereIsNotFound() {
        Answer answer = metadata(RESOURCE + "&client_id=cccccccc-0000-0000-0000-000000000001");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/error")).isEqualTo("invalid_request");
        assertThat(answer.text("/error_description")).isEqualTo("Identity not found");
    }
}
