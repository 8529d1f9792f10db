package dev.fleetwright.simulator.entra;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of other issuers, such as the API servers whose service-account tokens are exchanged: given at the start, or
 * found by discovery over https. Thread-safe.
 */
public final class IssuerKeys {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** As long as a set is believed without another look; one that lacks a key is looked at anew. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private record Found(JsonNode keys, Instant at) {}

    private final Map<String, JsonNode> given;
    private final Supplier<HttpClient> http;
    private final InstantSource clock;
    private final Map<String, Found> found = new ConcurrentHashMap<>();
    private @Nullable HttpClient client;

    /**
     * Nothing is fetched yet.
     *
     * @param given key sets by issuer: these issuers are never asked
     * @param http makes the client that asks the others; called at most once
     */
    public IssuerKeys(Map<String, JsonNode> given, Supplier<HttpClient> http, InstantSource clock) {
        this.given = Map.copyOf(given);
        this.http = http;
        this.clock = clock;
    }

    /**
     * The keys that a token of the issuer may be signed with.
     *
     * @throws IOException when the issuer's documents cannot be had; the message says why
     */
    List<PublicKey> keys(String issuer, String keyId) throws IOException {
        JsonNode fixed = given.get(issuer);
        if (fixed != null) {
            return Jwks.keys(fixed, keyId);
        }
        Instant now = clock.instant();
        Found known = found.get(issuer);
        if (known != null && known.at().plus(FRESH).isAfter(now)) {
            List<PublicKey> keys = Jwks.keys(known.keys(), keyId);
            if (!keys.isEmpty() || known.at().plus(BETWEEN_LOOKS).isAfter(now)) {
                return keys;
            }
        }
        JsonNode keys = discover(issuer);
        found.put(issuer, new Found(keys, now));
        return Jwks.keys(keys, keyId);
    }

    private JsonNode discover(String issuer) throws IOException {
        String root = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        JsonNode configuration = fetch(root + "/.well-known/openid-configuration");
        if (!configuration.path("issuer").asText().equals(issuer)) {
            throw new IOException("the configuration is of issuer '"
                    + configuration.path("issuer").asText() + "', not of '" + issuer + "'");
        }
        return fetch(configuration.path("jwks_uri").asText());
    }

    private JsonNode fetch(String url) throws IOException {
        if (!url.startsWith("https://")) {
            throw new IOException("not an https URL: '" + url + "'");
        }
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
            var response = client().send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(url + " answered " + response.statusCode());
            }
            return Json.parse(response.body());
        } catch (IllegalArgumentException e) {
            throw new IOException(url + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = http.get();
        }
        return client;
    }
}
