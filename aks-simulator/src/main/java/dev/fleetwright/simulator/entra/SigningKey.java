package dev.fleetwright.simulator.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The key that tokens are signed with. Thread-safe.
 *
 * <p>It is made when it is first needed, because that takes up to a second, or read, so that tokens stay good over a
 * restart.
 */
public final class SigningKey {
    private final Consumer<SigningKey> made;
    private @Nullable KeyPair keys;

    private SigningKey(@Nullable KeyPair keys, Consumer<SigningKey> made) {
        this.keys = keys;
        this.made = made;
    }

    /**
     * A key that is made when it is first needed.
     *
     * @param made is told of it then: to keep it
     */
    public static SigningKey onDemand(Consumer<SigningKey> made) {
        return new SigningKey(null, made);
    }

    /**
     * A key that {@link #encoded} wrote.
     *
     * @throws IllegalArgumentException when the text is not one
     */
    public static SigningKey of(String encoded) {
        try {
            var factory = KeyFactory.getInstance("RSA");
            var key = (RSAPrivateCrtKey) factory.generatePrivate(
                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(encoded.strip())));
            var open = factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
            return new SigningKey(new KeyPair(open, key), known -> {});
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a signing key", e);
        }
    }

    private KeyPair keys() {
        boolean fresh = false;
        KeyPair result;
        synchronized (this) {
            if (keys == null) {
                keys = generate();
                fresh = true;
            }
            result = keys;
        }
        if (fresh) {
            made.accept(this);
        }
        return result;
    }

    private static KeyPair generate() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The private key: PKCS #8 in base 64. Keep it from others. */
    public String encoded() {
        return Base64.getEncoder().encodeToString(keys().getPrivate().getEncoded());
    }

    private String id() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(open().getEncoded());
            return Jwt.encoded(Arrays.copyOf(digest, 20));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String sign(ObjectNode header, JsonNode claims) {
        return Jwt.signed(header.put("typ", "JWT").put("alg", "RS256").put("kid", id()), claims, keys().getPrivate());
    }

    PublicKey open() {
        return keys().getPublic();
    }

    /** What everybody may see. */
    ObjectNode jwks() {
        return Jwks.of((RSAPublicKey) open(), id());
    }
}
