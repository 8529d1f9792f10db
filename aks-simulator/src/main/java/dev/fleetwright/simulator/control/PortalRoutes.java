package dev.fleetwright.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Dispatcher;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What somebody does in the portal, out of band: no token, no budget, no fault; the usual rules and operations.
 *
 * <p>{@code {"method": "PUT", "id": <ARM id>, "body": {…}}}: {@code PATCH} reads the resource, lays the body over it (null
 * removes) and puts it back, as the portal does; {@code PUT}, {@code DELETE} and {@code POST} are sent as they are. The
 * answer is ARM's.
 */
public final class PortalRoutes {
    /** Who did it, in the request log. */
    private static final String CALLER = "portal";

    private static final List<String> METHODS = List.of("PUT", "PATCH", "POST", "DELETE");
    private static final String VERSION = "2025-09-01";

    private final Supplier<Dispatcher> dispatcher;

    public PortalRoutes(Supplier<Dispatcher> dispatcher) {
        this.dispatcher = dispatcher;
    }

    public List<Route> routes() {
        return List.of(new Route("POST", "/simulator/portal", "simulator portal", "", this::act));
    }

    private Reply act(Call call) {
        JsonNode order = Bodies.json(call);
        String method = order.path("method").asText("");
        String id = order.path("id").asText("");
        String version = order.path("apiVersion").asText(VERSION);
        if (!METHODS.contains(method)) {
            throw Bodies.refused("method must be one of " + METHODS + ", not '" + method + "'");
        }
        if (!id.startsWith("/subscriptions/")) {
            throw Bodies.refused("id must be an ARM id, not '" + id + "'");
        }
        JsonNode body = order.path("body");
        if (!method.equals("PATCH")) {
            return send(call, method, id, version, body);
        }
        Reply current = send(call, "GET", id, version, Json.MAPPER.missingNode());
        if (current.status() != 200 || !(current.body() instanceof ObjectNode document)) {
            return current;
        }
        ObjectNode changed = document.deepCopy();
        merge(changed, body);
        return send(call, "PUT", id, version, changed);
    }

    private Reply send(Call call, String method, String id, String version, JsonNode body) {
        Call made = Call.of(
                method, call.base().replaceFirst("^http:", "https:"), id, "api-version=" + version, Map.of(), "");
        return dispatcher.get().serveAs(CALLER, made.withJson(body));
    }

    /** JSON Merge Patch (RFC 7396). */
    private static void merge(ObjectNode target, JsonNode patch) {
        for (var field : patch.properties()) {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                target.remove(field.getKey());
            } else if (value.isObject()) {
                ObjectNode below = target.get(field.getKey()) instanceof ObjectNode existing
                        ? existing
                        : target.putObject(field.getKey());
                merge(below, value);
            } else {
                target.set(field.getKey(), value);
            }
        }
    }
}
