package dev.fleetwright.simulator.entra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.http.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A JSON Web Token, read but not yet believed.
 *
 * @param content what the signature is about
 * @param signature in base 64, as it came
 */
record Jwt(JsonNode header, JsonNode claims, String content, String signature) {

    /** Empty when the text is not a signed token at all. */
    static Optional<Jwt> parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            JsonNode header = Json.parse(decoded(parts[0]));
            JsonNode claims = Json.parse(decoded(parts[1]));
            if (!header.isObject() || !claims.isObject()) {
                return Optional.empty();
            }
            // malformed base 64 is to be found now
            var _ = Base64.getUrlDecoder().decode(parts[2]);
            return Optional.of(new Jwt(header, claims, parts[0] + "." + parts[1], parts[2]));
        } catch (IllegalArgumentException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** A new token, signed with RS256. */
    static String signed(JsonNode header, JsonNode claims, PrivateKey key) {
        String content = encoded(Json.bytes(header)) + "." + encoded(Json.bytes(claims));
        try {
            Signature signer = algorithm("RS256");
            signer.initSign(key);
            signer.update(content.getBytes(StandardCharsets.UTF_8));
            return content + "." + encoded(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the key made the signature, by the algorithm that the header names; others than these three never do. */
    boolean signedBy(PublicKey key) {
        String name = header.path("alg").asText();
        if (!List.of("RS256", "PS256", "ES256").contains(name)) {
            return false;
        }
        try {
            Signature verifier = algorithm(name);
            verifier.initVerify(key);
            verifier.update(content.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(Base64.getUrlDecoder().decode(signature));
        } catch (GeneralSecurityException e) {
            // a key of another kind, or a signature of another length
            return false;
        }
    }

    private static Signature algorithm(String name) throws GeneralSecurityException {
        return switch (name) {
            case "RS256" -> Signature.getInstance("SHA256withRSA");
            case "ES256" -> Signature.getInstance("SHA256withECDSAinP1363Format");
            case "PS256" -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(new PSSParameterSpec(
                        "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC));
                yield pss;
            }
            default -> throw new GeneralSecurityException("unknown algorithm " + name);
        };
    }

    String claim(String name) {
        return claims.path(name).asText("");
    }

    /** The audience, which may be one text or a list. */
    List<String> audiences() {
        JsonNode audience = claims.path("aud");
        if (!audience.isArray()) {
            return List.of(audience.asText(""));
        }
        var all = new ArrayList<String>();
        audience.forEach(one -> all.add(one.asText()));
        return all;
    }

    Instant time(String name, Instant standard) {
        JsonNode seconds = claims.path(name);
        return seconds.isNumber() ? Instant.ofEpochSecond(seconds.asLong()) : standard;
    }

    static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
