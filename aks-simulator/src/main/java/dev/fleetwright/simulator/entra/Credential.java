package dev.fleetwright.simulator.entra;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;

/** One way in which an application proves who it is. */
public sealed interface Credential {
    /** A password, compared as text. */
    record Secret(String value) implements Credential {
        @Override
        public String toString() {
            return "(secret)";
        }
    }

    /** A certificate whose private key signs assertions. */
    record Certificate(X509Certificate certificate) implements Credential {
        /**
         * Whether a token's header names this certificate: x5t is its SHA-1, x5t#S256 its SHA-256. Libraries write them in
         * either alphabet of base 64, with and without padding (seen with MSAL for Java), and Entra takes all.
         */
        boolean isNamedBy(Jwt assertion) {
            return normal(assertion.header().path("x5t").asText("")).equals(thumbprint("SHA-1"))
                    || normal(assertion.header().path("x5t#S256").asText("")).equals(thumbprint("SHA-256"));
        }

        private static String normal(String thumbprint) {
            return thumbprint.replace('+', '-').replace('/', '_').replace("=", "");
        }

        private String thumbprint(String digest) {
            try {
                return Jwt.encoded(MessageDigest.getInstance(digest).digest(certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IllegalArgumentException(e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /**
     * Tokens of another issuer that stand for the application. All three are compared with their casing.
     *
     * @param issuer an https URL
     * @param subject such as {@code system:serviceaccount:<namespace>:<name>}
     */
    record Federated(String issuer, String subject, List<String> audiences) implements Credential {
        /** What everybody uses. */
        public static final String AUDIENCE = "api://AzureADTokenExchange";

        public Federated {
            audiences = List.copyOf(audiences);
        }

        public Federated(String issuer, String subject) {
            this(issuer, subject, List.of(AUDIENCE));
        }
    }

    /**
     * The machine vouches for it: whoever reaches the local token endpoint is this identity.
     *
     * @param resourceId ARM id of a user-assigned identity; empty for the machine's own
     */
    record Managed(String resourceId) implements Credential {}
}
