package dev.fleetwright.local;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The authority of one cluster: it vouches for the API server and for whoever talks to it. Made when the cluster is. */
final class CertificateAuthority {
    private static final Duration VALIDITY = Duration.ofDays(365);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final X509CertificateHolder certificate;
    private final PrivateKey key;

    private CertificateAuthority(X509CertificateHolder certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    static CertificateAuthority create(String name) {
        KeyPair pair = ellipticKey();
        X500Name subject = new X500NameBuilder().addRDN(BCStyle.CN, name).build();
        X509CertificateHolder certificate = issue(
                subject,
                subject,
                pair,
                pair.getPrivate(),
                builder -> builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                        .addExtension(
                                Extension.keyUsage,
                                true,
                                new KeyUsage(KeyUsage.keyCertSign | KeyUsage.digitalSignature)));
        return new CertificateAuthority(certificate, pair.getPrivate());
    }

    /** The authority of a cluster that was started earlier. */
    static CertificateAuthority read(Pem pem) {
        try (var certificates = new PEMParser(new StringReader(pem.certificate()));
                var keys = new PEMParser(new StringReader(pem.key()))) {
            var certificate = (X509CertificateHolder) certificates.readObject();
            var key = (PrivateKeyInfo) keys.readObject();
            return new CertificateAuthority(certificate, new JcaPEMKeyConverter().getPrivateKey(key));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A key by itself, for signing service account tokens. RSA: the API server reads no elliptic key from PKCS #8. */
    static String signingKey() {
        return Pem.text(rsaKey().getPrivate());
    }

    Pem pem() {
        return Pem.of(certificate, key);
    }

    /** Speaks for {@code localhost} and 127.0.0.1, and for the names by which pods would call it. */
    Pem server() {
        var names = new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.dNSName, "kubernetes.default.svc"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            new GeneralName(GeneralName.iPAddress, CommandLines.SERVICE_ADDRESS)
        });
        X500Name subject =
                new X500NameBuilder().addRDN(BCStyle.CN, "kube-apiserver").build();
        return signed(
                subject,
                ellipticKey(),
                builder -> builder.addExtension(Extension.subjectAlternativeName, false, names)
                        .addExtension(
                                Extension.extendedKeyUsage,
                                false,
                                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)));
    }

    /** Kubernetes reads the user from the common name and the groups from the organizations. */
    Pem client(String user, Collection<String> groups) {
        var subject = new X500NameBuilder();
        groups.forEach(group -> subject.addRDN(BCStyle.O, group));
        subject.addRDN(BCStyle.CN, user);
        return signed(
                subject.build(),
                rsaKey(),
                builder -> builder.addExtension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)));
    }

    private Pem signed(X500Name subject, KeyPair pair, Extensions extensions) {
        return Pem.of(issue(subject, certificate.getSubject(), pair, key, extensions), pair.getPrivate());
    }

    private static X509CertificateHolder issue(
            X500Name subject, X500Name issuer, KeyPair pair, PrivateKey signer, Extensions extensions) {
        // An hour back, for machines whose clock was just set.
        Instant start = Instant.now().minus(Duration.ofHours(1));
        var builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(120, RANDOM),
                Date.from(start),
                Date.from(start.plus(VALIDITY)),
                subject,
                pair.getPublic());
        try {
            extensions.addTo(builder);
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer));
        } catch (CertIOException | OperatorCreationException failure) {
            throw new IllegalStateException("cannot issue a certificate for " + subject, failure);
        }
    }

    private static KeyPair ellipticKey() {
        return newKey("EC", 256);
    }

    /** The fabric8 client takes no elliptic keys from a kubeconfig unless BouncyCastle is on its class path. */
    private static KeyPair rsaKey() {
        return newKey("RSA", 2048);
    }

    private static KeyPair newKey(String algorithm, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits, RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @FunctionalInterface
    private interface Extensions {
        X509v3CertificateBuilder addTo(X509v3CertificateBuilder builder) throws CertIOException;
    }
}
