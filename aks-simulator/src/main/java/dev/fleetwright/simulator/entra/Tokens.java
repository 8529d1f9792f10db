package dev.fleetwright.simulator.entra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.http.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Issues and checks bearer tokens: JSON Web Tokens by shape, signed with a key of this process. */
public final class Tokens {
    private final List<Principal> principals;
    private final Duration lifetime;
    private final SecretKeySpec key;

    public Tokens(List<Principal> principals, Duration lifetime) {
        this.principals = List.copyOf(principals);
        this.lifetime = lifetime;
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    public Duration lifetime() {
        return lifetime;
    }

    public List<Principal> principals() {
        return principals;
    }

    String issue(Principal principal, String audience, String issuer, Instant now) {
        var header = Json.object().put("typ", "JWT").put("alg", "HS256").put("kid", "simulator");
        var claims = Json.object()
                .put("aud", audience)
                .put("iss", issuer)
                .put("iat", now.getEpochSecond())
                .put("nbf", now.getEpochSecond())
                .put("exp", now.plus(lifetime).getEpochSecond())
                .put("appid", principal.clientId())
                .put("idtyp", "app")
                .put("oid", principal.objectId())
                .put("sub", principal.objectId())
                .put("tid", principal.tenantId())
                .put("uti", UUID.randomUUID().toString())
                .put("ver", "1.0");
        String content = base64(Json.bytes(header)) + "." + base64(Json.bytes(claims));
        return content + "." + base64(sign(content));
    }

    /** The principal of a valid token; empty for a token that is forged, malformed or expired. */
    public Optional<Principal> check(String token, Instant now) {
        int end = token.lastIndexOf('.');
        int middle = token.indexOf('.');
        if (middle < 0 || middle == end) {
            return Optional.empty();
        }
        try {
            byte[] signature = Base64.getUrlDecoder().decode(token.substring(end + 1));
            if (!MessageDigest.isEqual(signature, sign(token.substring(0, end)))) {
                return Optional.empty();
            }
            JsonNode claims = Json.parse(new String(
                    Base64.getUrlDecoder().decode(token.substring(middle + 1, end)), StandardCharsets.UTF_8));
            if (claims.path("exp").asLong() <= now.getEpochSecond()) {
                return Optional.empty();
            }
            String clientId = claims.path("appid").asText();
            return principals.stream()
                    .filter(p -> p.clientId().equals(clientId))
                    .findFirst();
        } catch (IllegalArgumentException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private byte[] sign(String content) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
