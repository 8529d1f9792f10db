package dev.fleetwright.simulator.entra;

import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Refusal;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The token endpoints that a machine of Azure has beside it, over plain http: that of App Service
 * ({@code IDENTITY_ENDPOINT}, {@code IDENTITY_HEADER}), and the instance metadata service of virtual machines.
 *
 * <p>Source: vendor documentation, and what the client libraries read.
 */
public final class MachineIdentity {
    public static final String APP_SERVICE_PATH = "/msi/token";
    private static final String METADATA_PATH = "/metadata/identity/oauth2/token";
    private static final List<String> BY_CLIENT = List.of("client_id", "clientid");
    private static final List<String> BY_OBJECT = List.of("object_id", "principal_id");
    private static final List<String> BY_RESOURCE = List.of("mi_res_id", "msi_res_id", "resource_id");

    private final Applications applications;
    private final Tokens tokens;
    private final Audiences audiences;
    private final String secret;
    private final InstantSource clock;

    /** @param secret what clients of App Service send in a header */
    public MachineIdentity(
            Applications applications, Tokens tokens, Audiences audiences, String secret, InstantSource clock) {
        this.applications = applications;
        this.tokens = tokens;
        this.audiences = audiences;
        this.secret = secret;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                new Route("GET", APP_SERVICE_PATH, "app service token", "", this::appService),
                new Route("GET", METADATA_PATH, "machine token", "", this::machine));
    }

    private Reply appService(Call call) {
        byte[] sent = call.header("x-identity-header").orElse("").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(sent, secret.getBytes(StandardCharsets.UTF_8))) {
            throw refused(401, "unauthorized", "The X-IDENTITY-HEADER is missing or wrong.");
        }
        Principal principal = principal(call);
        Instant now = clock.instant();
        return Reply.of(
                200,
                Json.object()
                        .put("access_token", token(call, principal, now))
                        .put("expires_on", expiry(now))
                        .put("resource", resource(call))
                        .put("token_type", "Bearer")
                        .put("client_id", principal.clientId()));
    }

    private Reply machine(Call call) {
        if (!call.header("metadata").orElse("").equalsIgnoreCase("true")) {
            throw refused(400, "invalid_request", "Required metadata header not specified");
        }
        if (call.header("x-forwarded-for").isPresent()) {
            throw refused(400, "invalid_request", "Forwarded requests are not served.");
        }
        Principal principal = principal(call);
        Instant now = clock.instant();
        String seconds = Long.toString(tokens.lifetime().toSeconds());
        return Reply.of(
                200,
                Json.object()
                        .put("access_token", token(call, principal, now))
                        .put("client_id", principal.clientId())
                        .put("expires_in", seconds)
                        .put("expires_on", expiry(now))
                        .put("ext_expires_in", seconds)
                        .put("not_before", Long.toString(now.getEpochSecond()))
                        .put("resource", resource(call))
                        .put("token_type", "Bearer"));
    }

    /** The identity that is asked for; without a name the machine's own, or the only one that there is. */
    private Principal principal(Call call) {
        List<Principal> managed = applications.managed();
        Optional<String> client = first(call, BY_CLIENT);
        Optional<String> object = first(call, BY_OBJECT);
        Optional<String> resource = first(call, BY_RESOURCE);
        List<Principal> fitting = managed.stream()
                .filter(p -> client.isEmpty() || p.clientId().equalsIgnoreCase(client.get()))
                .filter(p -> object.isEmpty() || p.objectId().equalsIgnoreCase(object.get()))
                .filter(p -> resource.isEmpty() || isResource(p, resource.get()))
                .toList();
        if (client.isEmpty() && object.isEmpty() && resource.isEmpty()) {
            Optional<Principal> own =
                    fitting.stream().filter(p -> isResource(p, "")).findFirst();
            if (own.isPresent()) {
                return own.get();
            }
            if (fitting.size() > 1) {
                throw refused(
                        400,
                        "invalid_request",
                        "Multiple user assigned identities exist, please specify the clientId / resourceId of the"
                                + " identity in the token request");
            }
        }
        return fitting.stream().findFirst().orElseThrow(() -> refused(400, "invalid_request", "Identity not found"));
    }

    private static boolean isResource(Principal principal, String id) {
        return principal
                .credentials(Credential.Managed.class)
                .anyMatch(managed -> managed.resourceId().equalsIgnoreCase(id));
    }

    private static Optional<String> first(Call call, List<String> names) {
        return names.stream()
                .flatMap(name -> call.queryValue(name).stream())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private String token(Call call, Principal principal, Instant now) {
        String resource = resource(call);
        if (!audiences.exists(resource)) {
            throw refused(
                    400,
                    "invalid_resource",
                    "AADSTS500011: The resource principal named " + resource + " was not found in the tenant named "
                            + principal.tenantId() + ".");
        }
        String base = call.base().replaceFirst("^http:", "https:");
        return tokens.issue(principal, resource, base + "/" + principal.tenantId() + "/", now);
    }

    private static String resource(Call call) {
        return call.queryValue("resource")
                .filter(resource -> !resource.isEmpty())
                .orElseThrow(() -> refused(400, "invalid_request", "The parameter 'resource' is missing."));
    }

    private String expiry(Instant now) {
        return Long.toString(now.plus(tokens.lifetime()).getEpochSecond());
    }

    private static Refusal refused(int status, String error, String message) {
        // one library reads the OAuth fields, another the App Service's
        var body = Json.object()
                .put("error", error)
                .put("error_description", message)
                .put("statusCode", status)
                .put("message", message);
        return new Refusal(message, Reply.of(status, body));
    }
}
