package dev.fleetwright.controllers.controlplane;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a kubeconfig has to be fetched anew. */
final class CredentialLife {
    private static final Pattern CERTIFICATE = Pattern.compile("client-certificate-data\"?:\\s*\"?([A-Za-z0-9+/=]+)");

    /** For a credential that does not tell its end. */
    private static final Duration UNKNOWN = Duration.ofDays(30);

    private CredentialLife() {}

    /** At two thirds of the life of its client certificate, so that a failed renewal has time to be noticed. */
    static Instant renewAfter(byte[] kubeconfig, Instant now) {
        Matcher found = CERTIFICATE.matcher(new String(kubeconfig, StandardCharsets.UTF_8));
        if (!found.find()) {
            return now.plus(UNKNOWN);
        }
        try {
            byte[] pem = Base64.getDecoder().decode(found.group(1));
            var certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
            Duration left = Duration.between(now, certificate.getNotAfter().toInstant());
            return now.plus(left.multipliedBy(2).dividedBy(3));
        } catch (CertificateException | IllegalArgumentException e) {
            return now.plus(UNKNOWN);
        }
    }
}
