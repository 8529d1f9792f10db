package dev.fleetwright.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A key with a certificate, and what can be signed with it. */
record SelfSigned(KeyPair keys, X509Certificate certificate) {
    static SelfSigned from(Instant notBefore, Instant notAfter) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair keys = generator.generateKeyPair();
            var name = new X500Name("CN=an application");
            var builder = new JcaX509v3CertificateBuilder(
                    name, BigInteger.ONE, Date.from(notBefore), Date.from(notAfter), name, keys.getPublic());
            var signer = new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate());
            return new SelfSigned(keys, new JcaX509CertificateConverter().getCertificate(builder.build(signer)));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same key with a certificate of another time. */
    SelfSigned again(Instant notBefore, Instant notAfter) {
        try {
            var name = new X500Name("CN=an application");
            var builder = new JcaX509v3CertificateBuilder(
                    name, BigInteger.TWO, Date.from(notBefore), Date.from(notAfter), name, keys.getPublic());
            var signer = new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate());
            return new SelfSigned(keys, new JcaX509CertificateConverter().getCertificate(builder.build(signer)));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate and the private key. */
    String pem() {
        var text = new StringWriter();
        try (var pem = new JcaPEMWriter(text)) {
            pem.writeObject(certificate);
            pem.writeObject(new JcaPKCS8Generator(keys.getPrivate(), null));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    /** The public key as a key set. */
    ObjectNode keySet(String keyId) {
        var key = (RSAPublicKey) keys.getPublic();
        var set = Json.object();
        set.putArray("keys")
                .addObject()
                .put("kty", "RSA")
                .put("kid", keyId)
                .put("n", encoded(key.getModulus().toByteArray()))
                .put("e", encoded(key.getPublicExponent().toByteArray()));
        return set;
    }

    String thumbprint(String digest) {
        try {
            return encoded(MessageDigest.getInstance(digest).digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token, signed by the algorithm that its header names. */
    String signed(ObjectNode header, ObjectNode claims) {
        String content = encoded(Json.bytes(header)) + "." + encoded(Json.bytes(claims));
        try {
            Signature signature;
            if (header.path("alg").asText().equals("PS256")) {
                signature = Signature.getInstance("RSASSA-PSS");
                signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            } else {
                signature = Signature.getInstance("SHA256withRSA");
            }
            signature.initSign(keys.getPrivate());
            signature.update(content.getBytes(StandardCharsets.UTF_8));
            return content + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
