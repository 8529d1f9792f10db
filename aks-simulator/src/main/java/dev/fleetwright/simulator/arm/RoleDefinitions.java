package dev.fleetwright.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Refusal;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The built-in roles that clusters and their applications are given. Read-only, the same at every scope. */
public final class RoleDefinitions {
    private static final String COLLECTION = "/providers/Microsoft.Authorization/roleDefinitions";
    private static final Pattern BY_NAME = Pattern.compile("(?i).*roleName\\s+eq\\s+'([^']+)'.*");
    private static final Pattern CUSTOM = Pattern.compile("(?i).*type\\s+eq\\s+'CustomRole'.*");

    private final JsonNode roles =
            Json.resource(RoleDefinitions.class, "role-definitions.json").path("roles");

    public List<Route> routes() {
        return List.of(
                new Route("GET", "{*scope}" + COLLECTION, "list role definitions", "", this::list),
                new Route("GET", "{*scope}" + COLLECTION + "/{name}", "get role definition", "", this::get),
                new Route("GET", COLLECTION, "list role definitions", "", this::list),
                new Route("GET", COLLECTION + "/{name}", "get role definition", "", this::get));
    }

    /** Whether there is a role with this name, which is the last segment of its id. */
    boolean exist(String guid) {
        return find(guid).isPresent();
    }

    /** Whether a role has an action among its actions and not among its exceptions. */
    boolean allow(String guid, String action) {
        return find(guid)
                .filter(role -> contains(role.path("actions"), action) && !contains(role.path("notActions"), action))
                .isPresent();
    }

    private static boolean contains(JsonNode patterns, String action) {
        for (JsonNode pattern : patterns) {
            if (Rights.fits(pattern.asText(), action)) {
                return true;
            }
        }
        return false;
    }

    private Optional<JsonNode> find(String guid) {
        for (JsonNode role : roles) {
            if (role.path("name").asText().equalsIgnoreCase(guid)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    static Refusal missing(int status, String guid) {
        return ArmError.provider(
                status,
                "RoleDefinitionDoesNotExist",
                "The specified role definition with ID '" + guid.replace("-", "") + "' does not exist.");
    }

    private Reply get(Call call) {
        String guid = call.variable("name").toLowerCase(Locale.ROOT);
        return find(guid).map(role -> Reply.of(200, document(call, role))).orElseThrow(() -> missing(404, guid));
    }

    private Reply list(Call call) {
        String filter = call.queryValue("$filter").orElse("");
        Matcher byName = BY_NAME.matcher(filter);
        String name = byName.matches() ? byName.group(1) : "";
        boolean builtIn = !CUSTOM.matcher(filter).matches();
        var body = Json.object();
        ArrayNode values = body.putArray("value");
        for (JsonNode role : roles) {
            if (builtIn
                    && (name.isEmpty()
                            || name.equalsIgnoreCase(role.path("roleName").asText()))) {
                values.add(document(call, role));
            }
        }
        return Reply.of(200, body);
    }

    private static ObjectNode document(Call call, JsonNode role) {
        String scope = Optional.ofNullable(call.variables().get("scope"))
                .map(text -> text.replaceFirst("(?i)^(/subscriptions/[^/]+).*", "$1"))
                .orElse("");
        var document = Json.object();
        ObjectNode properties = document.putObject("properties");
        properties
                .put("roleName", role.path("roleName").asText())
                .put("type", "BuiltInRole")
                .put("description", role.path("description").asText());
        properties.putArray("assignableScopes").add("/");
        ObjectNode permission = properties.putArray("permissions").addObject();
        for (String part : List.of("actions", "notActions", "dataActions", "notDataActions")) {
            ArrayNode list = permission.putArray(part);
            role.path(part).forEach(list::add);
        }
        // a day in the past: nobody made them here
        properties
                .put("createdOn", "2015-02-02T21:55:09.8806423Z")
                .put("updatedOn", "2021-11-11T20:13:53.4235390Z")
                .putNull("createdBy")
                .putNull("updatedBy");
        return document.put("id", scope + COLLECTION + "/" + role.path("name").asText())
                .put("type", "Microsoft.Authorization/roleDefinitions")
                .put("name", role.path("name").asText());
    }
}
