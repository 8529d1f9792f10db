package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of a cluster's own issuer that stand for a user-assigned identity. */
class FederatedCredentialTest {
    private static final String VERSION = "?api-version=2023-01-31";
    private static final String IDENTITY =
            Wire.RG + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/worker";
    private static final String CREDENTIALS = IDENTITY + "/federatedIdentityCredentials";
    private static final String ISSUER = "https://issuer.example/";
    private static final String SUBJECT = "system:serviceaccount:apps:worker";
    private static final String AUDIENCE = "api://AzureADTokenExchange";
    private static final Instant NOW = new ManualTimeline().now();
    private static final SelfSigned KEY = SelfSigned.from(NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(1)));

    @TempDir
    Path folder;

    private Bench bench;
    private String clientId = "";

    @BeforeEach
    void start() {
        bench = open(new ManualTimeline());
        bench.arm.put(Wire.RG, "{'location':'westeurope'}");
        clientId =
                bench.arm.put(IDENTITY + VERSION, "{'location':'westeurope'}").text("/properties/clientId");
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private Bench open(ManualTimeline time) {
        return new Bench(
                folder,
                options -> options.withIssuerKeys(ISSUER, KEY.keySet("first")).withState(folder.resolve("state")),
                time);
    }

    private Answer put(String name, String subject) {
        return bench.arm.put(
                CREDENTIALS + "/" + name + VERSION,
                "{'properties':{'issuer':'" + ISSUER + "','subject':'" + subject + "','audiences':['" + AUDIENCE
                        + "']}}");
    }

    private Answer signIn() {
        ObjectNode claims = Json.object()
                .put("iss", ISSUER)
                .put("sub", SUBJECT)
                .put("aud", AUDIENCE)
                .put("exp", bench.time.now().plus(Duration.ofMinutes(10)).getEpochSecond());
        String assertion =
                KEY.signed(Json.object().put("typ", "JWT").put("alg", "RS256").put("kid", "first"), claims);
        return bench.arm.form(
                "/" + Wire.TENANT + "/oauth2/v2.0/token",
                "grant_type=client_credentials&client_id=" + clientId
                        + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                        + "&client_assertion=" + assertion
                        + "&scope=https%3A%2F%2Fmanagement.azure.com%2F%2F.default");
    }

    @Test
    void anIdentitySignsInWithTheTokensOfAnIssuerForAsLongAsItsCredentialIsThere() {
        assertThat(signIn().status()).isNotEqualTo(200);
        assertThat(put("apps", SUBJECT).status()).isEqualTo(201);
        assertThat(signIn().status()).isEqualTo(200);
        Instant now = bench.time.now();
        bench.close();
        bench = open(new ManualTimeline(now));
        assertThat(signIn().status()).isEqualTo(200);
        assertThat(put("apps", "system:serviceaccount:apps:other").status()).isEqualTo(200);
        assertThat(signIn().status()).isNotEqualTo(200);
        put("apps", SUBJECT);
        assertThat(bench.arm.delete(CREDENTIALS + "/apps" + VERSION).status()).isEqualTo(200);
        assertThat(signIn().status()).isNotEqualTo(200);
        assertThat(bench.arm.delete(CREDENTIALS + "/apps" + VERSION).status()).isEqualTo(204);
    }

    @Test
    void aCredentialIsAResourceOfItsIdentity() {
        Answer made = put("apps", SUBJECT);
        assertThat(made.text("/type"))
                .isEqualTo("Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials");
        assertThat(bench.arm.get(CREDENTIALS + "/apps" + VERSION).body()).isEqualTo(made.body());
        assertThat(bench.arm.get(CREDENTIALS + VERSION).body().path("value")).hasSize(1);
        assertThat(bench.arm.get(Wire.RG + "/resources").body().path("value")).hasSize(1);
        assertThat(bench.arm.get(CREDENTIALS + "/none" + VERSION).code()).isEqualTo("ResourceNotFound");
        assertThat(bench.arm
                        .get(CREDENTIALS.replace("worker", "nobody") + VERSION)
                        .code())
                .isEqualTo("ParentResourceNotFound");
        bench.arm.delete(IDENTITY + VERSION);
        bench.arm.put(IDENTITY + VERSION, "{'location':'westeurope'}");
        assertThat(bench.arm.get(CREDENTIALS + VERSION).body().path("value")).isEmpty();
    }

    @Test
    void oneSubjectOfAnIssuerIsThereOnceAndWhatIsIncompleteIsRefused() {
        put("apps", SUBJECT);
        assertThat(put("again", SUBJECT).status()).isEqualTo(409);
        assertThat(put("x", "s").status()).isEqualTo(400);
        assertThat(bench.arm
                        .put(CREDENTIALS + "/more" + VERSION, "{'properties':{'issuer':'i'}}")
                        .status())
                .isEqualTo(400);
    }
}
