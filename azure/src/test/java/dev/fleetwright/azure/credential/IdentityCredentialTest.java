package dev.fleetwright.azure.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fleetwright.api.v1alpha1.AzureClusterIdentitySpec;
import dev.fleetwright.api.v1alpha1.AzureClusterIdentitySpec.SecretKeyRef;
import dev.fleetwright.azure.AzureCredential;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IdentityCredentialTest {
    private static final Map<String, byte[]> SECRET =
            Map.of("clientSecret", "s3cr3t\n".getBytes(StandardCharsets.UTF_8));

    private final IdentityCredential reader = new IdentityCredential(Path.of("/token"));

    @Test
    void aServicePrincipalTakesItsSecretFromTheDefaultKey() {
        assertThat(read("ServicePrincipal", "t", "c", new SecretKeyRef("sp", null), SECRET))
                .isEqualTo(new AzureCredential.ClientSecret("t", "c", new AzureCredential.Secret("s3cr3t")));
    }

    @Test
    void noCredentialPrintsItsSecret() {
        assertThat(read("ServicePrincipal", "t", "c", new SecretKeyRef("sp", null), SECRET)
                        .toString())
                .doesNotContain("s3cr3t");
    }

    @Test
    void theTypesWithoutASecretNeedNone() {
        assertThat(read("WorkloadIdentity", "t", "c", null, null))
                .isEqualTo(new AzureCredential.WorkloadIdentity("t", "c", Path.of("/token")));
        assertThat(read("UserAssignedIdentity", null, "c", null, null))
                .isEqualTo(new AzureCredential.UserAssignedIdentity("c"));
    }

    @Test
    void aMissingOrEmptySecretIsNamed() {
        assertThat(failure("ServicePrincipal", "t", new SecretKeyRef("sp", null), null))
                .hasMessage("Secret sp of AzureClusterIdentity id does not exist")
                .returns(ErrorCode.UNAUTHENTICATED, FleetException::code);
        assertThat(failure("ServicePrincipalCertificate", "t", new SecretKeyRef("sp", "tls"), SECRET))
                .hasMessage("Secret sp of AzureClusterIdentity id has nothing under the key tls")
                .returns(ErrorCode.UNAUTHENTICATED, FleetException::code);
    }

    @Test
    void aCertificateThatIsNoneIsRefusedWithoutShowingIt() {
        assertThat(failure("ServicePrincipalCertificate", "t", new SecretKeyRef("sp", null), SECRET))
                .returns(ErrorCode.UNAUTHENTICATED, FleetException::code)
                .hasMessageContaining("holds no PEM certificate")
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void aMissingFieldIsNamed() {
        assertThat(failure("ServicePrincipal", null, new SecretKeyRef("sp", null), SECRET))
                .hasMessageContaining("lacks spec.tenantID")
                .returns(ErrorCode.CONFIGURATION_PROBLEM, FleetException::code);
        assertThat(failure("ServicePrincipal", "t", null, SECRET)).hasMessageContaining("lacks spec.clientSecretRef");
        assertThat(failure("Kerberos", "t", null, SECRET)).hasMessageContaining("unknown type Kerberos");
    }

    private FleetException failure(
            String type, @Nullable String tenant, @Nullable SecretKeyRef ref, @Nullable Map<String, byte[]> secret) {
        return catchThrowableOfType(FleetException.class, () -> read(type, tenant, "c", ref, secret));
    }

    private AzureCredential read(
            String type,
            @Nullable String tenant,
            String client,
            @Nullable SecretKeyRef ref,
            @Nullable Map<String, byte[]> secret) {
        return reader.read("id", new AzureClusterIdentitySpec(type, tenant, client, ref, null), secret);
    }
}
