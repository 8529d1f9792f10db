package dev.fleetwright.azure.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.TokenRequestContext;
import dev.fleetwright.azure.AzureCredential;
import dev.fleetwright.azure.AzureCredential.Secret;
import dev.fleetwright.azure.AzureSettings;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntraCredentialTest {
    private static final AzureSettings SETTINGS =
            AzureSettings.fromEnvironment(Map.of("AZURE_AUTHORITY_HOST", "https://login.example"), "x/1");

    @Test
    void aMissingTokenFileIsNamed(@TempDir Path folder) {
        Path missing = folder.resolve("azure-identity-token");

        assertThat(withoutToken(new AzureCredential.WorkloadIdentity("t", "c", missing), new ScriptedHttp()))
                .returns(ErrorCode.UNAUTHENTICATED, FleetException::code)
                .hasMessageContaining("azure-identity-token");
    }

    @Test
    void aCertificateThatCannotBeReadIsNotShown() {
        var broken = new Secret("-----BEGIN CERTIFICATE-----\nn0t-a-certificate\n-----END CERTIFICATE-----\n");

        assertThat(withoutToken(new AzureCredential.ClientCertificate("t", "c", broken), new ScriptedHttp()))
                .hasMessageNotContaining("n0t-a-certificate");
    }

    @Test
    void anEntraThatIsAwayIsNoWrongSecret() {
        ScriptedHttp away = new ScriptedHttp().silence().silence().silence().silence();

        assertThat(withoutToken(new AzureCredential.ClientSecret("t", "c", new Secret("s")), away))
                .returns(ErrorCode.TRANSIENT, FleetException::code);
    }

    @Test
    void aMalformedTenantIsAWrongSpec() {
        var malformed = new AzureCredential.ClientSecret("no tenant!", "c", new Secret("s"));

        assertThat(catchThrowableOfType(
                        FleetException.class, () -> EntraCredential.of(malformed, SETTINGS, new ScriptedHttp())))
                .returns(ErrorCode.CONFIGURATION_PROBLEM, FleetException::code);
    }

    private static FleetException withoutToken(AzureCredential credential, ScriptedHttp http) {
        var request = new TokenRequestContext().addScopes("https://arm.example/.default");
        return catchThrowableOfType(
                FleetException.class,
                () -> EntraCredential.of(credential, SETTINGS, http).getTokenSync(request));
    }
}
