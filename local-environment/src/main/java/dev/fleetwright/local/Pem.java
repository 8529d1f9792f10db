package dev.fleetwright.local;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/** A certificate and its private key (PKCS #8), as PEM text. */
record Pem(String certificate, String key) {

    static Pem of(X509CertificateHolder certificate, PrivateKey key) {
        return new Pem(write(certificate), text(key));
    }

    static String text(PrivateKey key) {
        try {
            return write(new JcaPKCS8Generator(key, null).generate());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String write(Object object) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "Pem[" + certificate.length() + " characters of certificate, key not shown]";
    }
}
