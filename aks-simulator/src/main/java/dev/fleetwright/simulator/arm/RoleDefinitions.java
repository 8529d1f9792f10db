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
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The roles that there are: built-in ones, the same at every scope, and those of a subscription's own. */
public final class RoleDefinitions {
    static final String COLLECTION = "/providers/Microsoft.Authorization/roleDefinitions";
    private static final Pattern BY_NAME = Pattern.compile("(?i).*roleName\\s+eq\\s+'([^']+)'.*");
    private static final Pattern CUSTOM = Pattern.compile("(?i).*type\\s+eq\\s+'CustomRole'.*");

    private static final Pattern BUILT_IN = Pattern.compile("(?i).*type\\s+eq\\s+'BuiltInRole'.*");
    private static final Pattern SUBSCRIPTION = Pattern.compile("(?i)/subscriptions/([^/]+).*");

    private final Subscriptions subscriptions;
    private final JsonNode roles =
            Json.resource(RoleDefinitions.class, "role-definitions.json").path("roles");

    public RoleDefinitions(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    public List<Route> routes() {
        return List.of(
                new Route("GET", "{*scope}" + COLLECTION, "list role definitions", "", this::list),
                new Route("GET", "{*scope}" + COLLECTION + "/{name}", "get role definition", "", this::get),
                new Route("GET", COLLECTION, "list role definitions", "", this::list),
                new Route("GET", COLLECTION + "/{name}", "get role definition", "", this::get));
    }

    /** Whether there is a role with this name, which is the last segment of its id. Expects the subscription's lock. */
    boolean exist(Subscription subscription, String guid) {
        return builtIn(guid) || subscription.roleDefinition(guid).isPresent();
    }

    boolean builtIn(String guid) {
        return find(guid).isPresent();
    }

    /** Names, as in ids, of the roles that people call so. Expects the subscription's lock. */
    Stream<String> named(Subscription subscription, String roleName) {
        Stream<String> own = subscription.roleDefinitions().values().stream()
                .filter(role -> role.at("/properties/roleName").asText().equalsIgnoreCase(roleName))
                .map(role -> role.path("name").asText());
        Stream<String> builtIn = StreamSupport.stream(roles.spliterator(), false)
                .filter(role -> role.path("roleName").asText().equalsIgnoreCase(roleName))
                .map(role -> role.path("name").asText());
        return Stream.concat(own, builtIn);
    }

    /** Whether a role may be assigned at a scope: a custom one at or below what it names. Expects the lock. */
    boolean assignable(Subscription subscription, String guid, String scope) {
        Optional<ObjectNode> own = subscription.roleDefinition(guid);
        if (own.isEmpty()) {
            return true;
        }
        String at = scope.toLowerCase(Locale.ROOT) + "/";
        return StreamSupport.stream(own.get().at("/properties/assignableScopes").spliterator(), false)
                .map(assignable -> assignable.asText().toLowerCase(Locale.ROOT).replaceFirst("/$", "") + "/")
                .anyMatch(at::startsWith);
    }

    /** Whether a role has an action among its actions and not among its exceptions. Takes the subscription's lock. */
    boolean allow(Subscription subscription, String guid, String action) {
        Optional<JsonNode> builtIn = find(guid);
        if (builtIn.isPresent()) {
            return permits(builtIn.get(), action);
        }
        Optional<ObjectNode> own = subscription.locked(() -> subscription.roleDefinition(guid));
        return own.isPresent()
                && StreamSupport.stream(own.get().at("/properties/permissions").spliterator(), false)
                        .anyMatch(permission -> permits(permission, action));
    }

    private static boolean permits(JsonNode permission, String action) {
        return contains(permission.path("actions"), action) && !contains(permission.path("notActions"), action);
    }

    /** That a call's scope lies in; empty at the tenant. */
    static Optional<Subscription> subscription(Subscriptions subscriptions, Call call) {
        String scope = Optional.ofNullable(call.variables().get("scope")).orElse("");
        Matcher matcher = SUBSCRIPTION.matcher(scope);
        return matcher.matches() ? subscriptions.find(matcher.group(1)) : Optional.empty();
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
        return find(guid)
                .map(role -> document(call, role))
                .or(() -> subscription(subscriptions, call)
                        .flatMap(own -> own.locked(() -> own.roleDefinition(guid)))
                        .map(ObjectNode::deepCopy))
                .map(role -> Reply.of(200, role))
                .orElseThrow(() -> missing(404, guid));
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
        if (!BUILT_IN.matcher(filter).matches()) {
            subscription(subscriptions, call)
                    .ifPresent(own -> own.locked(() -> own.roleDefinitions().values().stream()
                            .filter(role -> name.isEmpty()
                                    || name.equalsIgnoreCase(
                                            role.at("/properties/roleName").asText()))
                            .forEach(role -> values.add(role.deepCopy()))));
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
