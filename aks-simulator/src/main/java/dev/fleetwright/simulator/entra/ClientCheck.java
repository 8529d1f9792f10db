package dev.fleetwright.simulator.entra;

import dev.fleetwright.simulator.http.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** Finds out whether a client is the application that it says it is: by secret, certificate or another issuer's token. */
final class ClientCheck {
    /** Clocks may differ by so much. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final IssuerKeys issuers;
    private final Audiences audiences;
    private final InstantSource clock;

    ClientCheck(IssuerKeys issuers, Audiences audiences, InstantSource clock) {
        this.issuers = issuers;
        this.audiences = audiences;
        this.clock = clock;
    }

    /** @throws Refusal unless the form proves that it comes from the principal */
    void require(Principal principal, String tenant, Map<String, String> form) {
        String assertion = form.get("client_assertion");
        if (assertion != null) {
            Jwt jwt = Jwt.parse(assertion).orElseThrow(() -> refused(SignInError.ASSERTION_MALFORMED));
            requireInTime(jwt);
            // Only an application itself issues tokens in its own name.
            if (jwt.claim("iss").equalsIgnoreCase(principal.clientId())) {
                requireCertificate(principal, tenant, jwt);
            } else {
                requireFederation(principal, jwt);
            }
            return;
        }
        String secret = form.get("client_secret");
        if (secret == null) {
            throw refused(SignInError.CREDENTIAL_MISSING);
        }
        boolean right = principal
                .credentials(Credential.Secret.class)
                .anyMatch(known -> MessageDigest.isEqual(bytes(secret), bytes(known.value())));
        if (!right) {
            throw refused(SignInError.SECRET_WRONG, principal.clientId());
        }
    }

    private void requireInTime(Jwt jwt) {
        Instant now = clock.instant();
        Instant from = jwt.time("nbf", Instant.EPOCH);
        Instant until = jwt.time("exp", Instant.EPOCH);
        if (now.plus(SKEW).isBefore(from) || !now.minus(SKEW).isBefore(until)) {
            throw refused(SignInError.ASSERTION_OUT_OF_TIME, now, from, until);
        }
    }

    private void requireCertificate(Principal principal, String tenant, Jwt jwt) {
        if (!jwt.claim("sub").equalsIgnoreCase(principal.clientId())) {
            throw refused(SignInError.ASSERTION_OF_OTHER_CLIENT);
        }
        if (jwt.audiences().stream().noneMatch(audience -> audiences.isSignIn(audience, tenant))) {
            throw refused(SignInError.ASSERTION_FOR_OTHERS);
        }
        Credential.Certificate certificate = principal
                .credentials(Credential.Certificate.class)
                .filter(known -> known.isNamedBy(jwt))
                .findFirst()
                .orElseThrow(() -> refused(
                        SignInError.SIGNATURE_WRONG,
                        "The key was not found., Thumbprint of key used by client: '"
                                + jwt.header()
                                        .path("x5t")
                                        .asText(jwt.header().path("x5t#S256").asText("")) + "'"));
        if (!jwt.signedBy(certificate.certificate().getPublicKey())) {
            throw refused(
                    SignInError.SIGNATURE_WRONG, "Key was found, but use of the key to verify the signature failed.");
        }
        try {
            certificate.certificate().checkValidity(Date.from(clock.instant()));
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            throw refused(SignInError.CERTIFICATE_EXPIRED);
        }
    }

    /** Issuer, audience and subject, in the order in which Entra complains; then the signature. */
    private void requireFederation(Principal principal, Jwt jwt) {
        String issuer = jwt.claim("iss");
        List<Credential.Federated> ofIssuer = principal
                .credentials(Credential.Federated.class)
                .filter(known -> known.issuer().equals(issuer))
                .toList();
        if (ofIssuer.isEmpty()) {
            throw refused(SignInError.ISSUER_UNKNOWN, issuer);
        }
        List<Credential.Federated> ofSubject = ofIssuer.stream()
                .filter(known -> known.subject().equals(jwt.claim("sub")))
                .toList();
        if (ofSubject.isEmpty()) {
            throw refused(SignInError.SUBJECT_UNKNOWN, jwt.claim("sub"));
        }
        if (ofSubject.stream().noneMatch(known -> known.audiences().stream().anyMatch(jwt.audiences()::contains))) {
            throw refused(SignInError.AUDIENCE_UNKNOWN, String.join(" ", jwt.audiences()));
        }
        List<PublicKey> keys;
        try {
            keys = issuers.keys(issuer, jwt.header().path("kid").asText(""));
        } catch (IOException e) {
            throw refused(SignInError.ISSUER_UNREACHABLE, String.valueOf(e.getMessage()));
        }
        if (keys.stream().noneMatch(jwt::signedBy)) {
            throw refused(
                    SignInError.SIGNATURE_WRONG,
                    keys.isEmpty()
                            ? "The key was not found."
                            : "Key was found, but use of the key to verify the signature failed.");
        }
    }

    private Refusal refused(SignInError error, Object... arguments) {
        return error.refusal(clock.instant(), arguments);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
