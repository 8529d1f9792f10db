package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetwright.simulator.entra.Credential;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    @TempDir
    Path folder;

    private SimulatorOptions read(String... arguments) throws Exception {
        var all = new ArrayList<>(List.of("--folder", folder.toString()));
        all.addAll(List.of(arguments));
        return CommandLine.read(all.toArray(String[]::new));
    }

    @Test
    void whoeverNamesNobodyGetsAnIdentityThatStaysTheSame() throws Exception {
        SimulatorOptions first = read();
        SimulatorOptions second = read();
        assertThat(first.subscriptions()).hasSize(1).isEqualTo(second.subscriptions());
        assertThat(first.principals()).hasSize(1).isEqualTo(second.principals());
        assertThat(first.secretFile()).isPresent();
        assertThat(Files.readString(first.secretFile().orElseThrow()))
                .isEqualTo(first.principals().getFirst().clientSecret())
                .hasSize(48);
    }

    @Test
    void anApplicationMayHaveEveryKindOfCredential() throws Exception {
        Instant now = Instant.now();
        Path secret = Files.writeString(folder.resolve("secret"), "s3cret\n");
        Path certificate = Files.writeString(
                folder.resolve("pem"),
                SelfSigned.from(now, now.plus(Duration.ofDays(1))).pem());
        Path keys = Files.writeString(folder.resolve("keys"), "{\"keys\":[]}");
        SimulatorOptions options = read(
                "--tenant",
                "t",
                "--subscription",
                "S1",
                "--client-id",
                "c",
                "--object-id",
                "o",
                "--client-secret-file",
                secret.toString(),
                "--client-certificate-file",
                certificate.toString(),
                "--federated",
                "https://issuer",
                "subject",
                "--managed-identity",
                "--issuer-keys",
                "https://issuer",
                keys.toString(),
                "--public-names");
        assertThat(options.subscriptions()).containsEntry("s1", "t");
        assertThat(options.issuerKeys()).containsKey("https://issuer");
        assertThat(options.hostNames()).contains("management.azure.com", "login.microsoftonline.com");
        assertThat(options.principals()).singleElement().satisfies(principal -> {
            assertThat(principal.objectId()).isEqualTo("o");
            assertThat(principal.clientSecret()).isEqualTo("s3cret");
            assertThat(principal.credentials())
                    .hasSize(4)
                    .contains(new Credential.Federated("https://issuer", "subject"))
                    .contains(new Credential.Managed(""));
        });
    }

    @Test
    void whatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> read("--subscription", "x")).hasMessageContaining("--tenant");
        assertThatThrownBy(() -> read("--tenant", "t", "--managed-identity")).hasMessageContaining("--client-id");
        assertThatThrownBy(() -> read("--colour", "blue")).hasMessageContaining("--colour");
        assertThatThrownBy(() -> read("--port")).hasMessageContaining("--port needs a value");
        assertThatThrownBy(() -> CommandLine.read("--port", "1")).hasMessageContaining("--folder");
    }

    @Test
    void aStateIsOnTheDiskItselfOnlyForWhoeverAsksForIt() throws Exception {
        assertThat(read("--state", "s").stateSync()).isFalse();
        assertThat(read("--state", "s", "--state-sync").stateSync()).isTrue();
    }
}
