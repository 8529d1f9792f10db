package dev.fleetwright.simulator.entra;

import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Query;
import dev.fleetwright.simulator.http.Refusal;
import dev.fleetwright.simulator.http.Reply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Gives tokens to applications (the client-credentials grant); people cannot sign in here. */
final class TokenEndpoint {
    private static final String DEFAULT_SCOPE = "/.default";

    private final Applications applications;
    private final Tokens tokens;
    private final ClientCheck clients;
    private final Audiences audiences;
    private final InstantSource clock;

    TokenEndpoint(
            Applications applications, Tokens tokens, ClientCheck clients, Audiences audiences, InstantSource clock) {
        this.applications = applications;
        this.tokens = tokens;
        this.clients = clients;
        this.audiences = audiences;
        this.clock = clock;
    }

    /** Version 2 of the endpoint. */
    Reply byScope(Call call) {
        Map<String, String> form = form(call);
        Principal principal = principal(call, form);
        String resource = resource(required(form, "scope"));
        String token = token(call, principal, resource);
        long seconds = tokens.lifetime().toSeconds();
        return Reply.of(
                200,
                Json.object()
                        .put("token_type", "Bearer")
                        .put("expires_in", seconds)
                        .put("ext_expires_in", seconds)
                        .put("access_token", token));
    }

    /** Version 1: numbers are texts. */
    Reply byResource(Call call) {
        Map<String, String> form = form(call);
        Principal principal = principal(call, form);
        String resource = form.containsKey("resource") ? form.get("resource") : resource(required(form, "scope"));
        Instant now = clock.instant();
        String token = token(call, principal, resource);
        String seconds = Long.toString(tokens.lifetime().toSeconds());
        return Reply.of(
                200,
                Json.object()
                        .put("token_type", "Bearer")
                        .put("expires_in", seconds)
                        .put("ext_expires_in", seconds)
                        .put(
                                "expires_on",
                                Long.toString(now.plus(tokens.lifetime()).getEpochSecond()))
                        .put("not_before", Long.toString(now.getEpochSecond()))
                        .put("resource", resource)
                        .put("access_token", token));
    }

    private Principal principal(Call call, Map<String, String> form) {
        String tenant = call.variable("tenant");
        if (!applications.hasTenant(tenant)) {
            throw refused(SignInError.TENANT_UNKNOWN, tenant);
        }
        String grant = required(form, "grant_type");
        if (!grant.equals("client_credentials")) {
            throw refused(SignInError.GRANT_UNSUPPORTED, grant);
        }
        String clientId = required(form, "client_id");
        Principal principal = applications
                .find(tenant, clientId)
                .orElseThrow(() -> refused(SignInError.APPLICATION_UNKNOWN, clientId, tenant));
        clients.require(principal, tenant, form);
        return principal;
    }

    private String resource(String scope) {
        List<String> wanted = Stream.of(scope.strip().split("\\s+"))
                // the libraries of people's sign-ins add these
                .filter(word -> !List.of("openid", "profile", "offline_access").contains(word))
                .toList();
        if (wanted.size() > 1) {
            throw refused(SignInError.SCOPE_OF_SEVERAL);
        }
        if (wanted.isEmpty() || !wanted.getFirst().endsWith(DEFAULT_SCOPE)) {
            throw refused(SignInError.SCOPE_INVALID, scope);
        }
        String first = wanted.getFirst();
        return first.substring(0, first.length() - DEFAULT_SCOPE.length());
    }

    private String token(Call call, Principal principal, String resource) {
        if (!audiences.exists(resource)) {
            throw refused(SignInError.RESOURCE_UNKNOWN, resource, principal.tenantId());
        }
        return tokens.issue(principal, resource, call.base() + "/" + principal.tenantId() + "/", clock.instant());
    }

    /** The form; a client may put its id and secret into a header instead. */
    private Map<String, String> form(Call call) {
        Map<String, String> form;
        try {
            form = new LinkedHashMap<>(Query.read(call.text()));
            String header = call.header("authorization").orElse("");
            if (header.regionMatches(true, 0, "Basic ", 0, 6)) {
                String pair = new String(
                        Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
                int colon = pair.indexOf(':');
                if (colon > 0) {
                    form.put("client_id", URLDecoder.decode(pair.substring(0, colon), StandardCharsets.UTF_8));
                    form.put("client_secret", URLDecoder.decode(pair.substring(colon + 1), StandardCharsets.UTF_8));
                }
            }
        } catch (IllegalArgumentException e) {
            throw refused(SignInError.PARAMETER_MISSING, "grant_type");
        }
        return form;
    }

    private String required(Map<String, String> form, String parameter) {
        String value = form.get(parameter);
        if (value == null || value.isEmpty()) {
            throw refused(SignInError.PARAMETER_MISSING, parameter);
        }
        return value;
    }

    private Refusal refused(SignInError error, Object... arguments) {
        return error.refusal(clock.instant(), arguments);
    }
}
