package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetwright.simulator.entra.Principal;
import dev.fleetwright.simulator.http.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInTest {
    private static final String OTHER_TENANT = "33333333-3333-3333-3333-333333333333";
    private static final Principal STRANGER = Principal.of(Wire.TENANT, "44444444-4444-4444-4444-444444444444", "x")
            .onlyIn(Set.of("elsewhere"));
    private static final Principal FOREIGNER = Principal.of(OTHER_TENANT, "55555555-5555-5555-5555-555555555555", "y");

    @TempDir
    static Path folder;

    private static Bench bench;

    @BeforeAll
    static void start() {
        bench = new Bench(folder, options -> options.withPrincipal(STRANGER).withPrincipal(FOREIGNER));
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    private Wire anybody() {
        return new Wire(bench.simulator);
    }

    @Test
    void aRightSecretGivesABearerTokenWithALifetime() {
        try (var wire = anybody()) {
            Answer answer = wire.signIn(Wire.TENANT, Wire.OPERATOR.clientId(), Wire.OPERATOR.clientSecret());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text("/token_type")).isEqualTo("Bearer");
            assertThat(answer.body().path("expires_in").asInt()).isEqualTo(3600);
            assertThat(answer.text("/access_token").split("\\.")).hasSize(3);
        }
    }

    @Test
    void aWrongSecretIsAnInvalidClient() {
        try (var wire = anybody()) {
            Answer answer = wire.signIn(Wire.TENANT, Wire.OPERATOR.clientId(), "wrong");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text("/error")).isEqualTo("invalid_client");
            assertThat(answer.text("/error_description")).startsWith("AADSTS7000215: ");
            assertThat(answer.body().at("/error_codes/0").asInt()).isEqualTo(7000215);
        }
    }

    @Test
    void unknownApplicationsAndTenantsAreToldApart() {
        try (var wire = anybody()) {
            Answer application = wire.signIn(Wire.TENANT, "66666666-6666-6666-6666-666666666666", "x");
            assertThat(application.status()).isEqualTo(400);
            assertThat(application.text("/error")).isEqualTo("unauthorized_client");
            assertThat(application.text("/error_description")).contains("AADSTS700016");
            Answer tenant = wire.signIn("77777777-7777-7777-7777-777777777777", "x", "x");
            assertThat(tenant.status()).isEqualTo(400);
            assertThat(tenant.text("/error_description")).contains("AADSTS90002");
        }
    }

    @Test
    void discoveryDocumentsNameThisServer() {
        try (var wire = anybody()) {
            Answer configuration = wire.get("/" + Wire.TENANT + "/v2.0/.well-known/openid-configuration");
            assertThat(configuration.text("/token_endpoint"))
                    .isEqualTo(bench.simulator.authority() + Wire.TENANT + "/oauth2/v2.0/token");
            Answer instance = wire.get("/common/discovery/instance?api-version=1.1&authorization_endpoint=x");
            assertThat(instance.text("/metadata/0/aliases/0")).startsWith("127.0.0.1:");
        }
    }

    @Test
    void theResourceManagerRefusesCallsWithoutATokenAndTellsWhereToGetOne() {
        try (var wire = anybody()) {
            Answer answer = wire.get(Wire.S);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("AuthenticationFailed");
            assertThat(answer.header("WWW-Authenticate"))
                    .startsWith("Bearer authorization_uri=\"")
                    .contains(Wire.TENANT);
        }
    }

    @Test
    void aForgedTokenIsRefused() {
        try (var wire = anybody().signedIn()) {
            String token = wire.token();
            Answer answer = wire.withToken(token.substring(0, token.length() - 4) + "AAAA")
                    .get(Wire.S);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("InvalidAuthenticationToken");
        }
    }

    @Test
    void aTokenExpires() {
        try (var wire = anybody().signedIn()) {
            assertThat(wire.get(Wire.S).status()).isEqualTo(200);
            bench.time.advance(Duration.ofMinutes(61));
            assertThat(wire.get(Wire.S).status()).isEqualTo(401);
        }
    }

    @Test
    void tokensAreSignedWithAKeyThatIsPublished() throws Exception {
        try (var wire = anybody().signedIn()) {
            var configuration = wire.get("/" + Wire.TENANT + "/v2.0/.well-known/openid-configuration");
            var key = wire.get(configuration.text("/jwks_uri")).body().at("/keys/0");
            String[] parts = wire.token().split("\\.", -1);
            var header = Json.parse(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8));
            assertThat(header.path("kid").asText()).isEqualTo(key.path("kid").asText());
            var modulus = new BigInteger(
                    1, Base64.getUrlDecoder().decode(key.path("n").asText()));
            var exponent = new BigInteger(
                    1, Base64.getUrlDecoder().decode(key.path("e").asText()));
            var verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)));
            verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8));
            assertThat(verifier.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        }
    }

    @Test
    void theFirstVersionOfTheEndpointTakesAResourceAndAnswersInTexts() {
        try (var wire = anybody()) {
            Answer answer = wire.form(
                    "/" + Wire.TENANT + "/oauth2/token",
                    "grant_type=client_credentials&client_id=" + Wire.OPERATOR.clientId() + "&client_secret="
                            + Wire.OPERATOR.clientSecret() + "&resource=https%3A%2F%2Fmanagement.core.windows.net%2F");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text("/resource")).isEqualTo("https://management.core.windows.net/");
            assertThat(answer.body().path("expires_on").isTextual()).isTrue();
            assertThat(wire.withToken(answer.text("/access_token")).get(Wire.S).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void idAndSecretMayComeInAHeader() {
        try (var wire = anybody()) {
            String pair = Wire.OPERATOR.clientId() + ":" + Wire.OPERATOR.clientSecret();
            Answer answer = wire.form(
                    "/" + Wire.TENANT + "/oauth2/v2.0/token",
                    "grant_type=client_credentials&scope=https%3A%2F%2Fmanagement.azure.com%2F.default",
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void aTokenForSomethingElseIsNotGoodForArm() {
        try (var wire = anybody()) {
            String form = "grant_type=client_credentials&client_id=" + Wire.OPERATOR.clientId() + "&client_secret="
                    + Wire.OPERATOR.clientSecret() + "&scope=";
            String path = "/" + Wire.TENANT + "/oauth2/v2.0/token";
            String token = wire.form(path, form + "https%3A%2F%2Fgraph.microsoft.com%2F.default")
                    .text("/access_token");
            assertThat(wire.withToken(token).get(Wire.S).code()).isEqualTo("InvalidAuthenticationTokenAudience");
            assertThat(wire.form(path, form + "https%3A%2F%2Fnobody.example%2F.default")
                            .text("/error_description"))
                    .startsWith("AADSTS500011");
            assertThat(wire.form(path, form + "https%3A%2F%2Fmanagement.azure.com%2Fuser_impersonation")
                            .text("/error"))
                    .isEqualTo("invalid_scope");
        }
    }

    @Test
    void anApplicationThatWasRegisteredJustNowIsFoundOnlyAfterAWhile() {
        String client = "88888888-8888-8888-8888-888888888888";
        try (var wire = anybody()) {
            Answer registered = wire.post(
                    "/simulator/principals",
                    "{'tenantId':'" + Wire.TENANT + "','clientId':'" + client + "','clientSecret':'new'}");
            assertThat(registered.status()).isEqualTo(201);
            assertThat(wire.signIn(Wire.TENANT, client, "new").text("/error_description"))
                    .startsWith("AADSTS700016");
            bench.time.advance(Duration.ofSeconds(21));
            assertThat(wire.signIn(Wire.TENANT, client, "new").status()).isEqualTo(200);
        }
    }

    @Test
    void aRoleCanBeAssignedToANewApplicationOnlyAfterAWhile() {
        bench.arm.signedIn();
        Answer registered = bench.arm.post("/simulator/principals", "{'tenantId':'" + Wire.TENANT + "'}");
        String assignment = Wire.S + "/providers/Microsoft.Authorization/roleAssignments/" + UUID.randomUUID()
                + "?api-version=2022-04-01";
        String body = "{'properties':{'principalId':'" + registered.text("/objectId") + "','roleDefinitionId':'"
                + Wire.S + "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7'}}";
        assertThat(bench.arm.put(assignment, body).code()).isEqualTo("PrincipalNotFound");
        bench.time.advance(Duration.ofSeconds(21));
        assertThat(bench.arm.put(assignment, body).status()).isEqualTo(201);
    }

    @Test
    void theDescriptionOfTheCloudLeadsHereOverHttps() {
        String plain = bench.simulator.endpoint().replaceFirst("^https:", "http:");
        Answer cloud = bench.arm.get(plain + "/metadata/endpoints?api-version=2022-09-01");
        assertThat(cloud.text("/resourceManager")).isEqualTo(bench.simulator.endpoint() + "/");
        assertThat(cloud.text("/authentication/loginEndpoint")).startsWith("https://");
        assertThat(cloud.body().path("suffixes")).isNotEmpty();
    }

    @Test
    void anApplicationWithoutRightsIsForbidden() {
        try (var wire = anybody().signedIn(STRANGER)) {
            Answer answer = wire.get(Wire.S + "/resourceGroups");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("AuthorizationFailed");
        }
    }

    @Test
    void aTokenOfAnotherTenantIsNotGoodForTheSubscription() {
        try (var wire = anybody().signedIn(FOREIGNER)) {
            Answer answer = wire.get(Wire.S + "/resourceGroups");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("InvalidAuthenticationTokenTenant");
        }
    }

    @Test
    void aClientThatDoesNotTrustTheAuthorityGetsNoConnection() {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(bench.simulator.endpoint() + Wire.S))
                    .build();
            assertThatThrownBy(() -> http.send(request, BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }
}
