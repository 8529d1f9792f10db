package dev.fleetwright.azure.credential;

import dev.fleetwright.api.v1alpha1.AzureClusterIdentitySpec;
import dev.fleetwright.azure.AzureCredential;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the credential that an AzureClusterIdentity describes. */
public final class IdentityCredential {
    private static final String DEFAULT_KEY = "clientSecret";

    private final Path tokenFile;

    /**
     * @param tokenFile the projected service account token for identities of type WorkloadIdentity ({@code
     *     AZURE_FEDERATED_TOKEN_FILE} of this process)
     */
    public IdentityCredential(Path tokenFile) {
        this.tokenFile = tokenFile;
    }

    /** With the token file that the environment names, or the usual one of the workload identity webhook. */
    public static IdentityCredential fromEnvironment(Map<String, String> environment) {
        return new IdentityCredential(Path.of(environment.getOrDefault(
                "AZURE_FEDERATED_TOKEN_FILE", "/var/run/secrets/azure/tokens/azure-identity-token")));
    }

    /** The Secret that {@link #read} needs, in the identity's namespace; empty for types without one. */
    public static Optional<String> secretName(AzureClusterIdentitySpec identity) {
        return switch (identity.type()) {
            case "ServicePrincipal", "ServicePrincipalCertificate" ->
                Optional.ofNullable(identity.clientSecretRef()).map(AzureClusterIdentitySpec.SecretKeyRef::name);
            default -> Optional.empty();
        };
    }

    /**
     * The credential.
     *
     * @param name of the identity, for messages
     * @param secret the decoded data of the Secret, or null when there is none
     * @throws FleetException {@code ERR_INFRA_UNAUTHENTICATED} when the Secret or its key is missing or empty, {@code
     *     ERR_CONFIGURATION_PROBLEM} when the identity lacks a field or has an unknown type
     */
    public AzureCredential read(String name, AzureClusterIdentitySpec identity, @Nullable Map<String, byte[]> secret) {
        return switch (identity.type()) {
            case "ServicePrincipal" ->
                new AzureCredential.ClientSecret(
                        tenant(name, identity), client(name, identity), secret(name, identity, secret));
            case "ServicePrincipalCertificate" ->
                new AzureCredential.ClientCertificate(
                        tenant(name, identity), client(name, identity), certificate(name, identity, secret));
            case "WorkloadIdentity" ->
                new AzureCredential.WorkloadIdentity(tenant(name, identity), client(name, identity), tokenFile);
            case "UserAssignedIdentity" -> new AzureCredential.UserAssignedIdentity(client(name, identity));
            default ->
                throw FleetException.of(
                        ErrorCode.CONFIGURATION_PROBLEM,
                        "AzureClusterIdentity " + name + " has the unknown type " + identity.type());
        };
    }

    private static String tenant(String name, AzureClusterIdentitySpec identity) {
        return required(name, "tenantID", identity.tenantID());
    }

    private static String client(String name, AzureClusterIdentitySpec identity) {
        return required(name, "clientID", identity.clientID());
    }

    private static String required(String name, String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw FleetException.of(
                    ErrorCode.CONFIGURATION_PROBLEM, "AzureClusterIdentity " + name + " lacks spec." + field);
        }
        return value.strip();
    }

    private static AzureCredential.Secret certificate(
            String name, AzureClusterIdentitySpec identity, @Nullable Map<String, byte[]> secret) {
        AzureCredential.Secret pem = secret(name, identity, secret);
        if (!pem.value().contains("BEGIN CERTIFICATE") || !pem.value().contains("PRIVATE KEY")) {
            throw FleetException.of(
                    ErrorCode.UNAUTHENTICATED,
                    "the Secret of AzureClusterIdentity " + name + " holds no PEM certificate with its private key");
        }
        return pem;
    }

    private static AzureCredential.Secret secret(
            String name, AzureClusterIdentitySpec identity, @Nullable Map<String, byte[]> secret) {
        AzureClusterIdentitySpec.SecretKeyRef ref = identity.clientSecretRef();
        if (ref == null) {
            throw FleetException.of(
                    ErrorCode.CONFIGURATION_PROBLEM, "AzureClusterIdentity " + name + " lacks spec.clientSecretRef");
        }
        String where = "Secret " + ref.name() + " of AzureClusterIdentity " + name;
        if (secret == null) {
            throw FleetException.of(ErrorCode.UNAUTHENTICATED, where + " does not exist");
        }
        String key = ref.key() == null || ref.key().isEmpty() ? DEFAULT_KEY : ref.key();
        byte[] value = secret.get(key);
        String text = value == null ? "" : new String(value, StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            throw FleetException.of(ErrorCode.UNAUTHENTICATED, where + " has nothing under the key " + key);
        }
        return new AzureCredential.Secret(text);
    }
}
