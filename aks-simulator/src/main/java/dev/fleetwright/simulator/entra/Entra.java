package dev.fleetwright.simulator.entra;

import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Refusal;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import dev.fleetwright.simulator.http.SimulatorServer;
import dev.fleetwright.simulator.time.Timeline;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The sign-in endpoints: instance discovery, OpenID configuration and tokens for client credentials.
 *
 * <p>Error codes are the published AADSTS numbers, in the shape that client libraries parse.
 */
public final class Entra {
    private static final String ASSERTION = "client_assertion";

    private final Tokens tokens;
    private final Timeline timeline;

    public Entra(Tokens tokens, Timeline timeline) {
        this.tokens = tokens;
        this.timeline = timeline;
    }

    public List<Route> routes() {
        return List.of(
                new Route("GET", "/common/discovery/instance", "instance discovery", "", this::instance),
                new Route(
                        "GET",
                        "/{tenant}/v2.0/.well-known/openid-configuration",
                        "openid configuration",
                        "",
                        this::configuration),
                new Route(
                        "GET",
                        "/{tenant}/.well-known/openid-configuration",
                        "openid configuration",
                        "",
                        this::configuration),
                new Route("POST", "/{tenant}/oauth2/v2.0/token", "token", "", this::token));
    }

    private Reply instance(Call call) {
        String host = call.base().substring("https://".length());
        var body = Json.object()
                .put("tenant_discovery_endpoint", call.base() + "/common/v2.0/.well-known/openid-configuration")
                .put("api-version", "1.1");
        var entry = body.putArray("metadata").addObject();
        entry.put("preferred_network", host).put("preferred_cache", host);
        entry.putArray("aliases").add(host);
        return Reply.of(200, body);
    }

    private Reply configuration(Call call) {
        String tenant = call.variable("tenant");
        boolean shared = List.of("common", "organizations").contains(tenant);
        if (!shared && !knows(tenant)) {
            throw unknownTenant(tenant);
        }
        String root = call.base() + "/" + tenant;
        var body = Json.object()
                .put("issuer", root + "/v2.0")
                .put("authorization_endpoint", root + "/oauth2/v2.0/authorize")
                .put("token_endpoint", root + "/oauth2/v2.0/token")
                .put("device_authorization_endpoint", root + "/oauth2/v2.0/devicecode")
                .put("jwks_uri", root + "/discovery/v2.0/keys")
                .put("tenant_region_scope", "EU")
                .put("cloud_instance_name", "microsoftonline.com");
        for (String method : List.of("client_secret_post", "client_secret_basic", "private_key_jwt")) {
            body.withArray("token_endpoint_auth_methods_supported").add(method);
        }
        body.putArray("response_types_supported").add("code").add("token");
        body.putArray("subject_types_supported").add("pairwise");
        body.putArray("id_token_signing_alg_values_supported").add("RS256");
        return Reply.of(200, body);
    }

    private Reply token(Call call) {
        String tenant = call.variable("tenant");
        Map<String, String> form = SimulatorServer.query(call.text());
        if (!knows(tenant)) {
            throw unknownTenant(tenant);
        }
        String grant = form.getOrDefault("grant_type", "");
        if (!grant.equals("client_credentials")) {
            throw refused(
                    400,
                    "unsupported_grant_type",
                    70003,
                    "The app requested an unsupported grant type '" + grant + "'.");
        }
        String clientId = form.getOrDefault("client_id", "");
        Principal principal = tokens.principals().stream()
                .filter(p -> p.tenantId().equals(tenant) && p.clientId().equals(clientId))
                .findFirst()
                .orElseThrow(() -> refused(
                        400,
                        "unauthorized_client",
                        700016,
                        "Application with identifier '" + clientId + "' was not found in the directory '" + tenant
                                + "'."));
        authenticate(principal, form);
        String scope = form.getOrDefault("scope", form.getOrDefault("resource", ""));
        String audience =
                scope.endsWith("/.default") ? scope.substring(0, scope.length() - "/.default".length()) : scope;
        long seconds = tokens.lifetime().toSeconds();
        String issuer = call.base() + "/" + tenant + "/";
        return Reply.of(
                200,
                Json.object()
                        .put("token_type", "Bearer")
                        .put("expires_in", seconds)
                        .put("ext_expires_in", seconds)
                        .put("access_token", tokens.issue(principal, audience, issuer, timeline.now())));
    }

    private void authenticate(Principal principal, Map<String, String> form) {
        if (form.containsKey(ASSERTION)) {
            throw refused(
                    401,
                    "invalid_client",
                    700027,
                    "The certificate with identifier used to sign the client assertion is not registered on"
                            + " application.");
        }
        String secret = form.get("client_secret");
        if (secret == null) {
            throw refused(
                    401,
                    "invalid_client",
                    7000218,
                    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
        }
        if (!MessageDigest.isEqual(bytes(secret), bytes(principal.clientSecret()))) {
            throw refused(
                    401,
                    "invalid_client",
                    7000215,
                    "Invalid client secret provided. Ensure the secret being sent in the request is the client secret"
                            + " value, not the client secret ID, for a secret added to app '" + principal.clientId()
                            + "'.");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private boolean knows(String tenant) {
        return tokens.principals().stream().anyMatch(p -> p.tenantId().equals(tenant));
    }

    private Refusal unknownTenant(String tenant) {
        return refused(
                400,
                "invalid_request",
                90002,
                "Tenant '" + tenant + "' not found. Check to make sure you have the correct tenant ID and are signing"
                        + " into the correct cloud.");
    }

    private Refusal refused(int status, String error, int number, String text) {
        String trace = UUID.randomUUID().toString();
        String correlation = UUID.randomUUID().toString();
        String time = timeline.now().toString();
        String description = "AADSTS" + number + ": " + text + " Trace ID: " + trace + " Correlation ID: " + correlation
                + " Timestamp: " + time;
        var body = Json.object().put("error", error).put("error_description", description);
        body.putArray("error_codes").add(number);
        body.put("timestamp", time)
                .put("trace_id", trace)
                .put("correlation_id", correlation)
                .put("error_uri", "https://login.microsoftonline.com/error?code=" + number);
        return new Refusal(description, Reply.of(status, body));
    }
}
