package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.entra.Principal;
import dev.fleetwright.simulator.http.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in with what a key has signed: an application's certificate, or the token of another issuer. */
class AssertionSignInTest {
    private static final String ROBOT = "aaaaaaaa-0000-0000-0000-000000000001";
    private static final String WORKLOAD = "aaaaaaaa-0000-0000-0000-000000000002";
    private static final String BORROWER = "aaaaaaaa-0000-0000-0000-000000000003";
    private static final String LENDER = "aaaaaaaa-0000-0000-0000-000000000004";
    private static final String ISSUER = "https://oidc.example/cluster";
    private static final String SUBJECT = "system:serviceaccount:fleet:controllers";
    private static final String AUDIENCE = "api://AzureADTokenExchange";
    private static final Instant NOW = new ManualTimeline().now();
    private static final SelfSigned KEY = SelfSigned.from(NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(1)));
    private static final SelfSigned EXPIRED = KEY.again(NOW.minus(Duration.ofDays(2)), NOW.minus(Duration.ofHours(1)));

    @TempDir
    static Path folder;

    private static Bench bench;

    @BeforeAll
    static void start() {
        bench = new Bench(
                folder,
                options -> options.withPrincipal(Principal.of(Wire.TENANT, ROBOT)
                                .withCertificate(KEY.pem())
                                .withCertificate(EXPIRED.pem()))
                        .withPrincipal(Principal.of(Wire.TENANT, WORKLOAD).withFederation(ISSUER, SUBJECT))
                        .withPrincipal(Principal.of(Wire.TENANT, LENDER).asManagedIdentity())
                        .withIssuerKeys(ISSUER, KEY.keySet("first")));
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    @Test
    void aCertificateSignsInByEitherThumbprintAndEitherAlgorithm() {
        assertThat(token(ROBOT, KEY.signed(header("RS256").put("x5t", KEY.thumbprint("SHA-1")), own()))
                        .status())
                .isEqualTo(200);
        assertThat(token(ROBOT, KEY.signed(header("PS256").put("x5t#S256", KEY.thumbprint("SHA-256")), own()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aThumbprintMayBeInTheOtherAlphabetOfBase64() {
        String other = KEY.thumbprint("SHA-256").replace('-', '+').replace('_', '/') + "=";
        assertThat(token(ROBOT, KEY.signed(header("PS256").put("x5t#S256", other), own()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aTokenThatACertificateGotIsGoodForCalls() {
        String token = token(ROBOT, KEY.signed(header("RS256").put("x5t", KEY.thumbprint("SHA-1")), own()))
                .text("/access_token");
        try (var wire = new Wire(bench.simulator).withToken(token)) {
            assertThat(wire.get(Wire.S).status()).isEqualTo(200);
        }
    }

    @Test
    void aCertificateThatIsNotRegisteredIsRefusedWithItsThumbprint() {
        Answer answer = token(ROBOT, KEY.signed(header("RS256").put("x5t", "bm90LXJlZ2lzdGVyZWQ"), own()));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("/error")).isEqualTo("invalid_client");
        assertThat(answer.text("/error_description")).startsWith("AADSTS700027").contains("bm90LXJlZ2lzdGVyZWQ");
    }

    @Test
    void aSignatureOfSomebodyElseIsRefused() {
        String good = KEY.signed(header("RS256").put("x5t", KEY.thumbprint("SHA-1")), own());
        String forged = good.substring(0, good.length() - 6) + "AAAAAA";
        assertThat(token(ROBOT, forged).text("/error_description")).startsWith("AADSTS700027");
    }

    @Test
    void anExpiredCertificateIsRefused() {
        Answer answer = token(ROBOT, EXPIRED.signed(header("RS256").put("x5t", EXPIRED.thumbprint("SHA-1")), own()));
        assertThat(answer.text("/error_description")).startsWith("AADSTS1000502");
    }

    @Test
    void anAssertionOfYesterdayIsRefused() {
        ObjectNode stale = own().put("exp", NOW.minus(Duration.ofHours(1)).getEpochSecond());
        Answer answer = token(ROBOT, KEY.signed(header("RS256").put("x5t", KEY.thumbprint("SHA-1")), stale));
        assertThat(answer.text("/error_description")).startsWith("AADSTS700024");
    }

    @Test
    void anAssertionForSomebodyElseIsRefused() {
        ObjectNode elsewhere = own().put("aud", "https://login.example/" + Wire.TENANT + "/oauth2/v2.0/token");
        Answer answer = token(ROBOT, KEY.signed(header("RS256").put("x5t", KEY.thumbprint("SHA-1")), elsewhere));
        assertThat(answer.text("/error_description")).startsWith("AADSTS700023");
    }

    @Test
    void whatIsNoTokenIsMalformed() {
        assertThat(token(ROBOT, "nonsense").text("/error_description")).startsWith("AADSTS50027");
    }

    @Test
    void aServiceAccountTokenIsExchanged() {
        Answer answer = token(WORKLOAD, KEY.signed(header("RS256").put("kid", "first"), workload()));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/access_token")).isNotEmpty();
    }

    @Test
    void issuerSubjectAndAudienceAreComparedWithTheirCasing() {
        assertThat(exchange(workload().put("iss", ISSUER + "/"))).startsWith("AADSTS700211");
        assertThat(exchange(workload().put("sub", "system:serviceaccount:fleet:Controllers")))
                .startsWith("AADSTS700213")
                .contains("Controllers");
        assertThat(exchange(workload().put("aud", "https://kubernetes.default.svc")))
                .startsWith("AADSTS700212");
    }

    @Test
    void aKeyThatTheIssuerDoesNotHaveIsRefused() {
        Answer answer = token(WORKLOAD, KEY.signed(header("RS256").put("kid", "second"), workload()));
        assertThat(answer.text("/error_description")).startsWith("AADSTS700027").contains("not found");
    }

    @Test
    void anIssuerIsAskedForItsKeysOverHttps() {
        // The issuer is this very server: one identity's token is another application's credential.
        String issuer = bench.simulator.authority() + Wire.TENANT + "/";
        Principal lender = Principal.of(Wire.TENANT, LENDER);
        try (var wire = new Wire(bench.simulator)) {
            wire.post(
                    "/simulator/principals",
                    "{'tenantId':'" + Wire.TENANT + "','clientId':'" + BORROWER + "','issuer':'" + issuer
                            + "','subject':'" + lender.objectId() + "'}");
            bench.time.advance(Duration.ofSeconds(21));
            Answer lent =
                    wire.call("GET", "/metadata/identity/oauth2/token?resource=" + AUDIENCE, "", "Metadata", "true");
            assertThat(lent.status()).as("%s", lent.body()).isEqualTo(200);
            Answer answer = token(BORROWER, lent.text("/access_token"));
            assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        }
    }

    @Test
    void anIssuerThatDoesNotAnswerIsNamed() {
        String dead = "aaaaaaaa-0000-0000-0000-000000000005";
        try (var wire = new Wire(bench.simulator)) {
            wire.post(
                    "/simulator/principals",
                    "{'tenantId':'" + Wire.TENANT + "','clientId':'" + dead
                            + "','issuer':'https://127.0.0.1:1/x','subject':'s'}");
            bench.time.advance(Duration.ofSeconds(21));
            ObjectNode claims = workload().put("iss", "https://127.0.0.1:1/x").put("sub", "s");
            assertThat(token(dead, KEY.signed(header("RS256"), claims)).text("/error_description"))
                    .startsWith("AADSTS50166");
        }
    }

    private String exchange(ObjectNode claims) {
        return token(WORKLOAD, KEY.signed(header("RS256").put("kid", "first"), claims))
                .text("/error_description");
    }

    private static Answer token(String clientId, String assertion) {
        try (var wire = new Wire(bench.simulator)) {
            return wire.form(
                    "/" + Wire.TENANT + "/oauth2/v2.0/token",
                    "grant_type=client_credentials&client_id=" + clientId
                            + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                            + "&client_assertion=" + assertion
                            + "&scope=https%3A%2F%2Fmanagement.azure.com%2F%2F.default");
        }
    }

    private static ObjectNode header(String algorithm) {
        return Json.object().put("typ", "JWT").put("alg", algorithm);
    }

    /** What an application says of itself. */
    private static ObjectNode own() {
        return claims(ROBOT, ROBOT, bench.simulator.authority() + Wire.TENANT + "/oauth2/v2.0/token");
    }

    private static ObjectNode workload() {
        return claims(ISSUER, SUBJECT, AUDIENCE);
    }

    private static ObjectNode claims(String issuer, String subject, String audience) {
        return Json.object()
                .put("iss", issuer)
                .put("sub", subject)
                .put("aud", audience)
                .put("nbf", bench.time.now().getEpochSecond())
                .put("exp", bench.time.now().plus(Duration.ofMinutes(10)).getEpochSecond());
    }
}
