package dev.fleetwright.simulator.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import java.time.InstantSource;
import java.util.List;

/** The sign-in endpoints: discovery of instances, of a tenant's endpoints and keys; tokens. */
public final class Entra {
    /** Any of these stands for whichever tenant the client will turn out to be in. */
    private static final List<String> SHARED = List.of("common", "organizations", "consumers");

    /** The public cloud's names for itself; clients treat them as one. */
    private static final List<String> PUBLIC_CLOUD =
            List.of("login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net");

    private final Applications applications;
    private final SigningKey key;
    private final TokenEndpoint tokens;
    private final InstantSource clock;

    public Entra(
            Applications applications,
            Tokens tokens,
            SigningKey key,
            IssuerKeys issuers,
            Audiences audiences,
            InstantSource clock) {
        this.applications = applications;
        this.key = key;
        this.tokens =
                new TokenEndpoint(applications, tokens, new ClientCheck(issuers, audiences, clock), audiences, clock);
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                new Route("GET", "/common/discovery/instance", "instance discovery", "", this::instance),
                new Route(
                        "GET",
                        "/{tenant}/v2.0/.well-known/openid-configuration",
                        "openid configuration",
                        "",
                        call -> configuration(call, "/v2.0", "/oauth2/v2.0")),
                new Route(
                        "GET",
                        "/{tenant}/.well-known/openid-configuration",
                        "openid configuration",
                        "",
                        call -> configuration(call, "/", "/oauth2")),
                new Route("GET", "/{tenant}/discovery/v2.0/keys", "openid keys", "", this::keys),
                new Route("GET", "/{tenant}/discovery/keys", "openid keys", "", this::keys),
                new Route("POST", "/{tenant}/oauth2/v2.0/token", "token", "", tokens::byScope),
                new Route("POST", "/{tenant}/oauth2/token", "token", "", tokens::byResource));
    }

    private Reply instance(Call call) {
        String host = call.base().substring("https://".length());
        boolean publicCloud = PUBLIC_CLOUD.contains(call.host());
        var body = Json.object()
                .put("tenant_discovery_endpoint", call.base() + "/common/v2.0/.well-known/openid-configuration")
                .put("api-version", "1.1");
        var entry = body.putArray("metadata").addObject();
        entry.put("preferred_network", host).put("preferred_cache", publicCloud ? "login.windows.net" : host);
        var aliases = entry.putArray("aliases");
        (publicCloud ? PUBLIC_CLOUD : List.of(host)).forEach(aliases::add);
        return Reply.of(200, body);
    }

    /** @param issuer what follows the tenant in the issuer; the two versions of the endpoint differ in it */
    private Reply configuration(Call call, String issuer, String endpoints) {
        String tenant = tenant(call);
        String root = call.base() + "/" + tenant;
        ObjectNode body = Json.object()
                .put("issuer", root + issuer)
                .put("authorization_endpoint", root + endpoints + "/authorize")
                .put("token_endpoint", root + endpoints + "/token")
                .put("device_authorization_endpoint", root + endpoints + "/devicecode")
                .put("end_session_endpoint", root + endpoints + "/logout")
                .put("jwks_uri", root + endpoints.replace("/oauth2", "/discovery") + "/keys")
                .put("tenant_region_scope", "EU")
                .put("cloud_instance_name", "microsoftonline.com")
                .put("cloud_graph_host_name", "graph.windows.net")
                .put("msgraph_host", "graph.microsoft.com");
        texts(
                body,
                "token_endpoint_auth_methods_supported",
                "client_secret_post",
                "private_key_jwt",
                "client_secret_basic");
        texts(body, "response_types_supported", "code", "id_token", "code id_token", "id_token token");
        texts(body, "response_modes_supported", "query", "fragment", "form_post");
        texts(body, "subject_types_supported", "pairwise");
        texts(body, "scopes_supported", "openid", "profile", "email", "offline_access");
        texts(body, "id_token_signing_alg_values_supported", "RS256");
        return Reply.of(200, body);
    }

    private Reply keys(Call call) {
        var _ = tenant(call);
        return Reply.of(200, key.jwks());
    }

    private String tenant(Call call) {
        String tenant = call.variable("tenant");
        if (!SHARED.contains(tenant) && !applications.hasTenant(tenant)) {
            throw SignInError.TENANT_UNKNOWN.refusal(clock.instant(), tenant);
        }
        return tenant;
    }

    private static void texts(ObjectNode body, String name, String... values) {
        var list = body.putArray(name);
        for (String value : values) {
            list.add(value);
        }
    }
}
