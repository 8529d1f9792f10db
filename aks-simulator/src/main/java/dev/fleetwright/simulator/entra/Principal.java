package dev.fleetwright.simulator.entra;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * An application or an identity that may sign in.
 *
 * @param subscriptions lower-case ids that it may use; empty means all of its tenant
 * @param needsRoles whether it may do there only what roles allow that are assigned to it; else everything
 */
public record Principal(
        String tenantId,
        String clientId,
        String objectId,
        List<Credential> credentials,
        Set<String> subscriptions,
        boolean needsRoles) {
    public Principal {
        credentials = List.copyOf(credentials);
        subscriptions = Set.copyOf(subscriptions);
    }

    /**
     * One without a credential yet, with access to every subscription of its tenant. Its object id follows from the client
     * id.
     */
    public static Principal of(String tenantId, String clientId) {
        String objectId = UUID.nameUUIDFromBytes(("object of " + clientId).getBytes(StandardCharsets.UTF_8))
                .toString();
        return new Principal(tenantId, clientId, objectId, List.of(), Set.of(), false);
    }

    public static Principal of(String tenantId, String clientId, String clientSecret) {
        return of(tenantId, clientId).with(new Credential.Secret(clientSecret));
    }

    public Principal with(Credential credential) {
        var all = new ArrayList<>(credentials);
        all.add(credential);
        return new Principal(tenantId, clientId, objectId, all, subscriptions, needsRoles);
    }

    /**
     * That may sign assertions with the key of this certificate.
     *
     * @param pem the certificate; a private key beside it is not looked at
     * @throws IllegalArgumentException when it holds no certificate
     */
    public Principal withCertificate(String pem) {
        int start = pem.indexOf("-----BEGIN CERTIFICATE-----");
        try {
            var in = new ByteArrayInputStream(pem.substring(Math.max(0, start)).getBytes(StandardCharsets.UTF_8));
            return with(new Credential.Certificate(
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in)));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("not a certificate: " + e.getMessage(), e);
        }
    }

    public Principal withFederation(String issuer, String subject) {
        return with(new Credential.Federated(issuer, subject));
    }

    /** That the local token endpoints hand out tokens for. */
    public Principal asManagedIdentity() {
        return with(new Credential.Managed(""));
    }

    public Principal withObjectId(String id) {
        return new Principal(tenantId, clientId, id, credentials, subscriptions, needsRoles);
    }

    /** That may do nothing until a role is assigned to it. */
    public Principal needingRoles() {
        return new Principal(tenantId, clientId, objectId, credentials, subscriptions, true);
    }

    public Principal onlyIn(Set<String> subscriptionIds) {
        return new Principal(tenantId, clientId, objectId, credentials, subscriptionIds, needsRoles);
    }

    /** Its first secret, empty when it has none: for whoever starts the simulator and signs in. */
    public String clientSecret() {
        return credentials(Credential.Secret.class)
                .map(Credential.Secret::value)
                .findFirst()
                .orElse("");
    }

    public boolean isManagedIdentity() {
        return credentials.stream().anyMatch(Credential.Managed.class::isInstance);
    }

    <T extends Credential> Stream<T> credentials(Class<T> kind) {
        return credentials.stream().filter(kind::isInstance).map(kind::cast);
    }

    public boolean mayUse(String subscriptionId) {
        return subscriptions.isEmpty() || subscriptions.contains(subscriptionId);
    }

    @Override
    public String toString() {
        return "Principal[" + clientId + "]";
    }
}
