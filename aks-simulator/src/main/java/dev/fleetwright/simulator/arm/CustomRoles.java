package dev.fleetwright.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Refusal;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import dev.fleetwright.simulator.time.Timeline;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Roles that somebody defines: made, changed and deleted, synchronously. Each belongs to the subscription through which it
 * was made, and can be assigned there alone.
 */
public final class CustomRoles {
    private static final Pattern GUID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final List<String> PERMISSIONS = List.of("actions", "notActions", "dataActions", "notDataActions");

    /** Published limit, per tenant. */
    private static final int MOST = 5000;

    private final Subscriptions subscriptions;
    private final RoleDefinitions roles;
    private final Timeline timeline;

    public CustomRoles(Subscriptions subscriptions, RoleDefinitions roles, Timeline timeline) {
        this.subscriptions = subscriptions;
        this.roles = roles;
        this.timeline = timeline;
    }

    public List<Route> routes() {
        String one = "{*scope}" + RoleDefinitions.COLLECTION + "/{name}";
        return List.of(
                new Route("PUT", one, "put role definition", "", this::put),
                new Route("DELETE", one, "delete role definition", "", this::delete));
    }

    private Reply put(Call call) {
        String guid = call.variable("name").toLowerCase(Locale.ROOT);
        JsonNode wanted = call.json().path("properties");
        require(wanted, guid);
        Subscription subscription = subscription(call);
        return subscription.locked(() -> {
            Optional<ObjectNode> existing = subscription.roleDefinition(guid);
            String name = wanted.path("roleName").asText();
            if (roles.named(subscription, name).anyMatch(other -> !other.equals(guid))) {
                throw ArmError.provider(
                        409,
                        "RoleDefinitionWithSameNameExists",
                        "A custom role with the same name already exists in this directory. Use a different name.");
            }
            if (existing.isEmpty() && subscription.roleDefinitions().size() >= MOST) {
                throw ArmError.provider(
                        400,
                        "RoleDefinitionLimitExceeded",
                        "Role definition limit exceeded. No more role definitions can be created.");
            }
            ObjectNode document = document(call, guid, wanted, existing);
            subscription.putRoleDefinition(guid, document);
            return Reply.of(201, document.deepCopy());
        });
    }

    private void require(JsonNode wanted, String guid) {
        if (!GUID.matcher(guid).matches()) {
            throw invalid(
                    "InvalidRoleDefinitionId",
                    "The role definition ID '" + guid + "' is not valid. It must be a" + " GUID.");
        }
        boolean complete = !wanted.path("roleName").asText("").isBlank()
                && !wanted.path("assignableScopes").isEmpty()
                && !wanted.path("permissions").isEmpty();
        if (!complete) {
            throw invalid(
                    "InvalidRequestContent",
                    "The request content was invalid: 'roleName', 'permissions' and 'assignableScopes' are required.");
        }
        requireOwn(guid);
    }

    /** The code is not published. */
    private void requireOwn(String guid) {
        if (roles.builtIn(guid)) {
            throw invalid("InvalidRoleDefinitionUpdate", "The built-in role '" + guid + "' can't be changed.");
        }
    }

    private static Refusal invalid(String code, String message) {
        return ArmError.provider(400, code, message);
    }

    private ObjectNode document(Call call, String guid, JsonNode wanted, Optional<ObjectNode> existing) {
        String now = timeline.now().toString();
        var document = Json.object();
        ObjectNode properties = document.putObject("properties")
                .put("roleName", wanted.path("roleName").asText())
                .put("type", "CustomRole")
                .put("description", wanted.path("description").asText(""));
        properties.set("assignableScopes", wanted.path("assignableScopes").deepCopy());
        ArrayNode permissions = properties.putArray("permissions");
        for (JsonNode permission : wanted.path("permissions")) {
            ObjectNode complete = permissions.addObject();
            for (String part : PERMISSIONS) {
                permission.path(part).forEach(complete.putArray(part)::add);
            }
        }
        JsonNode before = existing.map(found -> found.path("properties")).orElse(Json.object());
        properties
                .put("createdOn", before.path("createdOn").asText(now))
                .put("updatedOn", now)
                .put("createdBy", before.path("createdBy").asText(call.caller()))
                .put("updatedBy", call.caller());
        String scope = call.variable("scope").replaceFirst("(?i)^(/subscriptions/[^/]+).*", "$1");
        return document.put("id", scope + RoleDefinitions.COLLECTION + "/" + guid)
                .put("type", "Microsoft.Authorization/roleDefinitions")
                .put("name", guid);
    }

    /** As published: the deleted role, or 204; refused while somebody has it. */
    private Reply delete(Call call) {
        String guid = call.variable("name").toLowerCase(Locale.ROOT);
        requireOwn(guid);
        Subscription subscription = subscription(call);
        return subscription.locked(() -> {
            Optional<ObjectNode> existing = subscription.roleDefinition(guid);
            if (existing.isEmpty()) {
                return Reply.empty(204);
            }
            boolean assigned = subscription.roleAssignments().values().stream()
                    .map(assignment ->
                            assignment.at("/properties/roleDefinitionId").asText())
                    .anyMatch(id -> id.toLowerCase(Locale.ROOT).endsWith("/" + guid));
            if (assigned) {
                throw invalid(
                        "RoleDefinitionHasAssignments",
                        "There are existing role assignments referencing role (code: RoleDefinitionHasAssignments).");
            }
            subscription.removeRoleDefinition(guid);
            return Reply.of(200, existing.get());
        });
    }

    private Subscription subscription(Call call) {
        return RoleDefinitions.subscription(subscriptions, call)
                .orElseThrow(() -> invalid(
                        "InvalidScope",
                        "Role definitions of the simulator are made at or below a subscription, not at '"
                                + call.variable("scope") + "'."));
    }
}
