package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.identity.AadCredentialBuilderBase;
import com.azure.identity.ClientCertificateCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import dev.fleetwright.simulator.entra.Principal;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.PublicCloud;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of credential of the Azure SDK for Java gets a token here that ARM takes. */
class AzureIdentityTest {
    private static final String CERTIFIED = "eeeeeeee-0000-0000-0000-000000000001";
    private static final String WORKLOAD = "eeeeeeee-0000-0000-0000-000000000002";
    private static final Principal MACHINE =
            Principal.of(Wire.TENANT, "eeeeeeee-0000-0000-0000-000000000003").asManagedIdentity();
    private static final String ISSUER = "https://oidc.example/cluster";
    private static final String SUBJECT = "system:serviceaccount:fleet:controllers";
    private static final TokenRequestContext ARM =
            new TokenRequestContext().addScopes("https://management.azure.com/.default");

    @TempDir
    static Path folder;

    private static SelfSigned key;
    private static AksSimulator azure;

    @BeforeAll
    static void start() {
        Instant now = Instant.now();
        key = SelfSigned.from(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
        azure = AksSimulator.start(SimulatorOptions.in(folder)
                .withSubscription(Wire.SUBSCRIPTION, Wire.TENANT)
                .withHostNames(PublicCloud.NAMES)
                .withPrincipal(Wire.OPERATOR)
                .withPrincipal(Principal.of(Wire.TENANT, CERTIFIED).withCertificate(key.pem()))
                .withPrincipal(Principal.of(Wire.TENANT, WORKLOAD).withFederation(ISSUER, SUBJECT))
                .withPrincipal(MACHINE)
                .withIssuerKeys(ISSUER, key.keySet("k")));
    }

    @AfterAll
    static void stop() {
        azure.close();
    }

    @Test
    void aSecret() {
        assertGoodForArm(at(new ClientSecretCredentialBuilder(), Wire.OPERATOR.clientId())
                .clientSecret(Wire.OPERATOR.clientSecret())
                .build());
    }

    @Test
    void aWrongSecret() {
        var credential = at(new ClientSecretCredentialBuilder(), Wire.OPERATOR.clientId())
                .clientSecret("wrong")
                .build();
        assertThatThrownBy(() -> credential.getTokenSync(ARM)).hasMessageContaining("AADSTS7000215");
    }

    @Test
    void aCertificate() {
        assertGoodForArm(at(new ClientCertificateCredentialBuilder(), CERTIFIED)
                .pemCertificate(new ByteArrayInputStream(key.pem().getBytes(StandardCharsets.UTF_8)))
                .build());
    }

    @Test
    void aServiceAccountToken(@TempDir Path files) throws IOException {
        Path token = files.resolve("token");
        Files.writeString(token, serviceAccountToken(SUBJECT));
        assertGoodForArm(at(new WorkloadIdentityCredentialBuilder(), WORKLOAD)
                .tokenFilePath(token.toString())
                .build());
    }

    @Test
    void aServiceAccountTokenOfSomebodyElse(@TempDir Path files) throws IOException {
        Path token = files.resolve("token");
        Files.writeString(token, serviceAccountToken("system:serviceaccount:other:other"));
        var credential = at(new WorkloadIdentityCredentialBuilder(), WORKLOAD)
                .tokenFilePath(token.toString())
                .build();
        assertThatThrownBy(() -> credential.getTokenSync(ARM)).hasMessageContaining("AADSTS700213");
    }

    @Test
    void theIdentityOfAnAppService() throws Exception {
        assertProbeIsGoodForArm("IDENTITY_ENDPOINT", "IDENTITY_HEADER");
    }

    @Test
    void theIdentityOfAMachine() throws Exception {
        assertProbeIsGoodForArm("AZURE_POD_IDENTITY_AUTHORITY_HOST");
    }

    /** A client that knows the public host names alone: nothing about it is changed but its proxy and its trust. */
    @Test
    void aClientOfThePublicCloudBehindAProxy() {
        var proxy = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), URI.create(azure.endpoint()).getPort());
        HttpClient http = new JdkHttpClientBuilder(java.net.http.HttpClient.newBuilder()
                        .sslContext(Wire.trusting(azure.caPem()))
                        .proxy(ProxySelector.of(proxy)))
                .build();
        var credential = new ClientSecretCredentialBuilder()
                .tenantId(Wire.TENANT)
                .clientId(Wire.OPERATOR.clientId())
                .clientSecret(Wire.OPERATOR.clientSecret())
                .httpClient(http)
                .build();
        assertGoodForArm(credential);
    }

    private static String serviceAccountToken(String subject) {
        Instant now = Instant.now();
        return key.signed(
                Json.object().put("alg", "RS256").put("kid", "k"),
                Json.object()
                        .put("iss", ISSUER)
                        .put("sub", subject)
                        .put("aud", "api://AzureADTokenExchange")
                        .put("exp", now.plusSeconds(600).getEpochSecond()));
    }

    private static <B extends AadCredentialBuilderBase<B>> B at(B builder, String clientId) {
        HttpClient http = new JdkHttpClientBuilder(
                        java.net.http.HttpClient.newBuilder().sslContext(Wire.trusting(azure.caPem())))
                .build();
        return builder.httpClient(http)
                .authorityHost(azure.authority())
                .tenantId(Wire.TENANT)
                .clientId(clientId)
                // else the library asks the public cloud which authorities there are
                .disableInstanceDiscovery();
    }

    /** The library reads the machine's variables from its process, so it gets one. */
    private static void assertProbeIsGoodForArm(String... variables) throws IOException, InterruptedException {
        var probe = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ManagedIdentityProbe.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        for (String variable : variables) {
            probe.environment().put(variable, azure.machineEnvironment().get(variable));
        }
        Process process = probe.start();
        String token = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).isZero();
        assertGoodForArm(token);
    }

    private static void assertGoodForArm(TokenCredential credential) throws ClientAuthenticationException {
        var token = credential.getTokenSync(ARM);
        assertThat(token.getExpiresAt().toInstant()).isAfter(Instant.now().plusSeconds(3000));
        assertGoodForArm(token.getToken());
    }

    private static void assertGoodForArm(String token) {
        try (var wire = new Wire(azure).withToken(token)) {
            assertThat(wire.get(Wire.S).status()).isEqualTo(200);
        }
    }
}
