package dev.fleetwright.simulator.entra;

import dev.fleetwright.simulator.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Issues and checks access tokens: JSON Web Tokens that anybody can verify with the published key. Thread-safe. */
public final class Tokens {
    /** Verified once, a token need not be verified again: it comes with every call of its client. */
    private static final int KEPT = 2000;

    private final Applications applications;
    private final SigningKey key;
    private final Duration lifetime;
    private final Map<String, Jwt> verified = new ConcurrentHashMap<>();

    /** A token that is ours and has not expired. */
    public record Bearer(Principal principal, String audience) {}

    /** @param lifetime in wall-clock time */
    public Tokens(Applications applications, SigningKey key, Duration lifetime) {
        this.applications = applications;
        this.key = key;
        this.lifetime = lifetime;
    }

    Duration lifetime() {
        return lifetime;
    }

    String issue(Principal principal, String audience, String issuer, Instant now) {
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
        principal
                .credentials(Credential.Managed.class)
                .map(Credential.Managed::resourceId)
                .filter(id -> !id.isEmpty())
                .findFirst()
                .ifPresent(id -> claims.put("xms_mirid", id));
        return key.sign(Json.object(), claims);
    }

    /** Empty for a token that is forged, malformed, expired, or of somebody who is gone. */
    public Optional<Bearer> check(String token, Instant now) {
        return verified(token)
                .filter(jwt -> jwt.time("exp", Instant.EPOCH).isAfter(now))
                .flatMap(jwt -> applications
                        .find(jwt.claim("appid"))
                        .map(principal -> new Bearer(principal, jwt.claim("aud"))));
    }

    /** The tenant of an application; empty for somebody who is not in the directory. */
    public String tenantOf(String clientId) {
        return applications.find(clientId).map(Principal::tenantId).orElse("");
    }

    private Optional<Jwt> verified(String token) {
        Jwt known = verified.get(token);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Jwt> jwt = Jwt.parse(token).filter(read -> read.signedBy(key.open()));
        jwt.ifPresent(good -> {
            if (verified.size() >= KEPT) {
                verified.clear();
            }
            verified.put(token, good);
        });
        return jwt;
    }
}
