package dev.fleetwright.simulator.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Principals with their credentials as they outlive a process. */
final class KeptPrincipals {
    private static final String CREDENTIALS = "credentials";
    private static final String AUDIENCES = "audiences";

    private KeptPrincipals() {}

    static ObjectNode document(Principal principal) {
        ObjectNode document = Json.object()
                .put("tenantId", principal.tenantId())
                .put("clientId", principal.clientId())
                .put("objectId", principal.objectId())
                .put("needsRoles", principal.needsRoles());
        var subscriptions = document.putArray("subscriptions");
        principal.subscriptions().forEach(subscriptions::add);
        var credentials = document.putArray(CREDENTIALS);
        principal.credentials().forEach(credential -> credentials.add(document(credential)));
        return document;
    }

    private static ObjectNode document(Credential credential) {
        ObjectNode document = Json.object();
        switch (credential) {
            case Credential.Secret(String value) -> document.put("secret", value);
            case Credential.Certificate certificate -> document.put("certificate", pem(certificate));
            case Credential.Federated(String issuer, String subject, List<String> audiences) -> {
                document.put("issuer", issuer).put("subject", subject);
                audiences.forEach(document.putArray(AUDIENCES)::add);
            }
            case Credential.Managed(String resourceId) -> document.put("managed", resourceId);
        }
        return document;
    }

    private static String pem(Credential.Certificate certificate) {
        try {
            String text = Base64.getMimeEncoder()
                    .encodeToString(certificate.certificate().getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Principal read(JsonNode kept) {
        Set<String> subscriptions = new HashSet<>();
        kept.path("subscriptions").forEach(id -> subscriptions.add(id.asText()));
        var principal = new Principal(
                kept.path("tenantId").asText(),
                kept.path("clientId").asText(),
                kept.path("objectId").asText(),
                List.of(),
                subscriptions,
                kept.path("needsRoles").asBoolean());
        for (JsonNode credential : kept.path(CREDENTIALS)) {
            principal = with(principal, credential);
        }
        return principal;
    }

    private static Principal with(Principal principal, JsonNode credential) {
        if (credential.has("secret")) {
            return principal.with(
                    new Credential.Secret(credential.path("secret").asText()));
        }
        if (credential.has("certificate")) {
            return principal.withCertificate(credential.path("certificate").asText());
        }
        if (credential.has("managed")) {
            return principal.with(
                    new Credential.Managed(credential.path("managed").asText()));
        }
        var audiences = new ArrayList<String>();
        credential.path(AUDIENCES).forEach(audience -> audiences.add(audience.asText()));
        return principal.with(new Credential.Federated(
                credential.path("issuer").asText(), credential.path("subject").asText(), audiences));
    }
}
