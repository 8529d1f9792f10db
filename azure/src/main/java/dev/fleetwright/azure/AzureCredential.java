package dev.fleetwright.azure;

import java.nio.file.Path;

/**
 * Who we are towards Azure. Values compare by content, secrets included, so that a rotated secret is another credential;
 * none of them prints its secret.
 */
public sealed interface AzureCredential {
    /** A text that is never printed. */
    record Secret(String value) {
        @Override
        public String toString() {
            return "(secret)";
        }
    }

    /** A service principal with a password. */
    record ClientSecret(String tenantID, String clientID, Secret secret) implements AzureCredential {}

    /**
     * A service principal with a certificate.
     *
     * @param pem the certificate and its private key, PEM
     */
    record ClientCertificate(String tenantID, String clientID, Secret pem) implements AzureCredential {}

    /**
     * A federated service account token, exchanged for a token of the application.
     *
     * @param tokenFile where the kubelet keeps the projected token; read again for every new access token
     */
    record WorkloadIdentity(String tenantID, String clientID, Path tokenFile) implements AzureCredential {}

    /** A user-assigned managed identity of the machine that runs us. */
    record UserAssignedIdentity(String clientID) implements AzureCredential {}
}
