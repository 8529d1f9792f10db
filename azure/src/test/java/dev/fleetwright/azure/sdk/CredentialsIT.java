package dev.fleetwright.azure.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.api.ArmId;
import dev.fleetwright.azure.AzureCredential;
import dev.fleetwright.azure.AzureCredential.Secret;
import dev.fleetwright.azure.AzureSettings;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import dev.fleetwright.simulator.AksSimulator;
import dev.fleetwright.simulator.SimulatorOptions;
import dev.fleetwright.simulator.entra.Principal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of identity, from its credential to an answer of ARM. */
class CredentialsIT {
    static final String SUBSCRIPTION = "11111111-1111-1111-1111-111111111111";

    private static final String TENANT = "22222222-2222-2222-2222-222222222222";
    private static final String CLIENT = "33333333-3333-3333-3333-333333333333";
    private static final String MACHINE = "33333333-3333-3333-3333-333333333334";
    private static final String ISSUER = "https://oidc.example/hub";
    private static final String SUBJECT = "system:serviceaccount:fleetwright-system:controllers";

    @TempDir
    static Path folder;

    private static TestKey key;
    private static AksSimulator simulator;
    private static SdkAzureAccess access;

    @BeforeAll
    static void start() {
        Instant now = Instant.now();
        key = TestKey.validUntil(now.plus(Duration.ofDays(1)));
        simulator = AksSimulator.start(SimulatorOptions.in(folder)
                .withSubscription(SUBSCRIPTION, TENANT)
                .withPrincipal(Principal.of(TENANT, CLIENT, "right")
                        .withCertificate(key.pem())
                        .withFederation(ISSUER, SUBJECT))
                .withPrincipal(Principal.of(TENANT, MACHINE).asManagedIdentity())
                .withIssuerKeys(ISSUER, key.keySet("hub")));
        access = new SdkAzureAccess(
                AzureSettings.fromEnvironment(environment(), "fleetwright-test/1"), InstantSource.system());
    }

    @AfterAll
    static void stop() {
        access.close();
        simulator.close();
    }

    private static Map<String, String> environment() {
        return Map.of(
                "AZURE_RESOURCE_MANAGER_ENDPOINT", simulator.endpoint(),
                "AZURE_AUTHORITY_HOST", simulator.authority(),
                "AZURE_CA_BUNDLE", simulator.caFile().toString());
    }

    @Test
    void aSecretIsGoodForArm() {
        assertGoodForArm(new AzureCredential.ClientSecret(TENANT, CLIENT, new Secret("right")));
    }

    @Test
    void aCertificateIsGoodForArm() {
        assertGoodForArm(new AzureCredential.ClientCertificate(TENANT, CLIENT, new Secret(key.pem())));
    }

    @Test
    void aCertificateThatIsNotRegisteredIsAnIdentityProblemThatNamesEntrasCode() {
        TestKey other = TestKey.validUntil(Instant.now().plus(Duration.ofDays(1)));

        assertThat(refused(new AzureCredential.ClientCertificate(TENANT, CLIENT, new Secret(other.pem()))))
                .returns(ErrorCode.UNAUTHENTICATED, FleetException::code)
                .hasMessageContaining("AADSTS700027")
                .hasMessageNotContaining("Trace ID");
    }

    @Test
    void aServiceAccountTokenIsGoodForArm(@TempDir Path files) throws IOException {
        Path file = files.resolve("azure-identity-token");
        Files.writeString(file, serviceAccountToken(SUBJECT, "hub"));

        assertGoodForArm(new AzureCredential.WorkloadIdentity(TENANT, CLIENT, file));
    }

    @Test
    void aServiceAccountThatNobodyTrustsIsNamed(@TempDir Path files) throws IOException {
        Path file = files.resolve("azure-identity-token");
        Files.writeString(file, serviceAccountToken("system:serviceaccount:default:default", "hub"));

        assertThat(refused(new AzureCredential.WorkloadIdentity(TENANT, CLIENT, file)))
                .returns(ErrorCode.UNAUTHENTICATED, FleetException::code)
                .hasMessageContaining("AADSTS700213")
                .hasMessageContaining("system:serviceaccount:default:default");
    }

    @Test
    void theMachinesIdentityIsGoodForArm() throws IOException, InterruptedException {
        assertThat(onMachineWith(MACHINE)).isEqualTo("ABSENT");
    }

    @Test
    void anIdentityThatTheMachineDoesNotHaveIsAnIdentityProblem() throws IOException, InterruptedException {
        assertThat(onMachineWith("33333333-3333-3333-3333-333333333399")).startsWith("UNAUTHENTICATED");
    }

    /** The SDK reads the machine's variables from its process, so it gets one. */
    private static String onMachineWith(String clientID) throws IOException, InterruptedException {
        var probe = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        MachineProbe.class.getName(),
                        clientID))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        probe.environment().putAll(environment());
        probe.environment().putAll(simulator.machineEnvironment());
        Process process = probe.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.lines()
                .filter(line -> line.startsWith(MachineProbe.MARK))
                .findFirst()
                .map(line -> line.substring(MachineProbe.MARK.length()))
                .orElse(output);
    }

    private static void assertGoodForArm(AzureCredential credential) {
        assertThat(state(access, credential)).isEqualTo("ABSENT");
    }

    /** Asks ARM about something that does not exist: only whoever may ask is told so. */
    static String state(SdkAzureAccess access, AzureCredential credential) {
        boolean present = access.connect(credential, SUBSCRIPTION)
                .managedClusters()
                .get(ArmId.managedCluster(SUBSCRIPTION, "none", "none"))
                .isPresent();
        return present ? "PRESENT" : "ABSENT";
    }

    private static FleetException refused(AzureCredential credential) {
        return catchThrowableOfType(FleetException.class, () -> state(access, credential));
    }

    private static String serviceAccountToken(String subject, String keyID) {
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", ISSUER)
                .put("sub", subject)
                .put("exp", Instant.now().plusSeconds(600).getEpochSecond());
        claims.putArray("aud").add("api://AzureADTokenExchange");
        return key.signed(keyID, claims);
    }
}
