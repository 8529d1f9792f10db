package dev.fleetwright.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.entra.Applications;
import dev.fleetwright.simulator.entra.Credential;
import dev.fleetwright.simulator.entra.Principal;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Who is in the directory, and the registration of more: known to Entra and ARM only after a while, as in life.
 *
 * <p>{@code {tenantId, clientId, clientSecret, certificate (PEM), issuer, subject, managed, needsRoles}}: all but the tenant optional.
 */
public final class DirectoryRoutes {
    private static final String PATH = "/simulator/principals";

    private final Applications applications;
    private final Consumer<Principal> registered;

    /**
     * Routes of one directory.
     *
     * @param registered is told of everybody who comes later, so that ARM learns of them too
     */
    public DirectoryRoutes(Applications applications, Consumer<Principal> registered) {
        this.applications = applications;
        this.registered = registered;
    }

    public List<Route> routes() {
        return List.of(
                new Route("GET", PATH, "simulator principals", "", this::list),
                new Route("POST", PATH, "simulator principals", "", this::register));
    }

    private Reply list(Call call) {
        var body = Json.object();
        var values = body.putArray("value");
        applications.all().forEach(principal -> values.add(document(principal)));
        return Reply.of(200, body);
    }

    private static JsonNode document(Principal principal) {
        return Json.object()
                .put("tenantId", principal.tenantId())
                .put("clientId", principal.clientId())
                .put("objectId", principal.objectId());
    }

    private Reply register(Call call) {
        JsonNode order = Bodies.json(call);
        String tenant = order.path("tenantId").asText("");
        if (!applications.hasTenant(tenant)) {
            throw Bodies.refused("tenantId must be one of the tenants of the start, not '" + tenant + "'");
        }
        Principal principal = Principal.of(
                tenant, order.path("clientId").asText(UUID.randomUUID().toString()));
        if (order.has("clientSecret")) {
            principal = principal.with(
                    new Credential.Secret(order.path("clientSecret").asText()));
        }
        if (order.has("certificate")) {
            try {
                principal = principal.withCertificate(order.path("certificate").asText());
            } catch (IllegalArgumentException e) {
                throw Bodies.refused(String.valueOf(e.getMessage()));
            }
        }
        if (order.has("issuer")) {
            principal = principal.withFederation(
                    order.path("issuer").asText(), order.path("subject").asText());
        }
        if (order.path("managed").asBoolean()) {
            principal = principal.asManagedIdentity();
        }
        if (order.path("needsRoles").asBoolean()) {
            principal = principal.needingRoles();
        }
        applications.register(principal);
        registered.accept(principal);
        return Reply.of(201, document(principal));
    }
}
