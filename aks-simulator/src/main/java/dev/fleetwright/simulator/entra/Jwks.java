package dev.fleetwright.simulator.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Sets of public keys as JSON (RFC 7517): RSA keys and those on the curve P-256. */
final class Jwks {
    private Jwks() {}

    /** The keys of a set that a token may be signed with: that of its key id, or all when it has none. */
    static List<PublicKey> keys(JsonNode set, String keyId) {
        var keys = new ArrayList<PublicKey>();
        for (JsonNode key : set.path("keys")) {
            if (keyId.isEmpty() || key.path("kid").asText("").equals(keyId)) {
                key(key).ifPresent(keys::add);
            }
        }
        return keys;
    }

    private static Optional<PublicKey> key(JsonNode key) {
        try {
            return switch (key.path("kty").asText()) {
                case "RSA" ->
                    Optional.of(KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e"))));
                case "EC" ->
                    Optional.of(KeyFactory.getInstance("EC")
                            .generatePublic(
                                    new ECPublicKeySpec(new ECPoint(number(key, "x"), number(key, "y")), p256())));
                default -> Optional.empty();
            };
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ECParameterSpec p256() throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    private static BigInteger number(JsonNode key, String field) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(key.path(field).asText()));
    }

    /** A set of one key. */
    static ObjectNode of(RSAPublicKey key, String keyId) {
        var set = Json.object();
        set.putArray("keys")
                .addObject()
                .put("kty", "RSA")
                .put("use", "sig")
                .put("alg", "RS256")
                .put("kid", keyId)
                .put("n", Jwt.encoded(unsigned(key.getModulus())))
                .put("e", Jwt.encoded(unsigned(key.getPublicExponent())));
        return set;
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 && bytes.length > 1 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }
}
