package dev.fleetwright.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.behaviour.Behaviours;
import dev.fleetwright.simulator.entra.Principal;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Refusal;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import dev.fleetwright.simulator.time.Durations;
import dev.fleetwright.simulator.time.Timeline;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Role assignments at any scope of a subscription. Synchronous, without a lock of AKS. */
public final class RoleAssignments {
    private static final String COLLECTION = "/providers/Microsoft.Authorization/roleAssignments";
    private static final Pattern SUBSCRIPTION = Pattern.compile("(?i)/subscriptions/([^/]+).*");
    private static final Pattern IN_GROUP =
            Pattern.compile("(?i)/subscriptions/[^/]+/resourceGroups/([^/]+)(/providers/([^/]+/[^/]+/[^/]+))?.*");
    private static final Pattern BY_PRINCIPAL =
            Pattern.compile("(?i).*(?:principalId\\s+eq\\s+|assignedTo\\()'([^']+)'.*");

    private static final Pattern GUID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** Per subscription. */
    private static final int MOST = 4000;

    private final Subscriptions subscriptions;
    private final Timeline timeline;
    private final List<Principal> applications;
    private final RoleDefinitions roles;
    private final Behaviours behaviours;

    public RoleAssignments(
            Subscriptions subscriptions,
            Timeline timeline,
            List<Principal> applications,
            RoleDefinitions roles,
            Behaviours behaviours) {
        this.roles = roles;
        this.behaviours = behaviours;
        this.subscriptions = subscriptions;
        this.timeline = timeline;
        this.applications = List.copyOf(applications);
    }

    public List<Route> routes() {
        String one = "{*scope}" + COLLECTION + "/{name}";
        return List.of(
                new Route("PUT", one, "put role assignment", "", this::put),
                new Route("GET", one, "get role assignment", "", this::get),
                new Route("DELETE", one, "delete role assignment", "", this::delete),
                new Route("GET", "{*scope}" + COLLECTION, "list role assignments", "", this::list));
    }

    /** Whether a role assignment's id lies at or below a scope. */
    static boolean isBelow(String assignmentId, String scope) {
        String id = assignmentId.toLowerCase(Locale.ROOT);
        return id.startsWith(scope.toLowerCase(Locale.ROOT) + "/");
    }

    private Reply put(Call call) {
        JsonNode wanted = call.json().path("properties");
        String principal = wanted.path("principalId").asText("");
        String role = wanted.path("roleDefinitionId").asText("");
        if (principal.isEmpty() || role.isEmpty()) {
            throw ArmError.provider(
                    400,
                    "InvalidRequestContent",
                    "The request content was invalid: 'properties.principalId' and 'properties.roleDefinitionId' are"
                            + " required.");
        }
        if (!GUID.matcher(call.variable("name")).matches()) {
            throw ArmError.provider(
                    400,
                    "InvalidRoleAssignmentId",
                    "The role assignment ID '" + call.variable("name")
                            + "' is not valid. The role assignment ID must be a GUID.");
        }
        Subscription subscription = subscription(call);
        return subscription.locked(() -> {
            if (!roles.exist(subscription, lastSegment(role))) {
                throw RoleDefinitions.missing(400, lastSegment(role));
            }
            if (!roles.assignable(subscription, lastSegment(role), call.variable("scope"))) {
                throw ArmError.provider(
                        400,
                        "RoleAssignmentScopeNotAssignableToRoleDefinition",
                        "The role assignment scope '" + call.variable("scope")
                                + "' must match the assignable scopes of role '" + lastSegment(role) + "'.");
            }
            requireScope(call.variable("scope"), subscription);
            String key = key(call);
            ObjectNode existing = subscription.roleAssignments().get(key);
            if (existing != null) {
                return same(existing, principal, role);
            }
            if (subscription.roleAssignments().keySet().stream().anyMatch(other -> sameName(other, key))) {
                throw notUpdatable();
            }
            if (subscription.roleAssignments().size() >= MOST) {
                throw ArmError.provider(
                        400,
                        "RoleAssignmentLimitExceeded",
                        "No more role assignments can be created (limit is " + MOST + ").");
            }
            requirePrincipal(subscription, principal, wanted.hasNonNull("principalType"));
            boolean twice = subscription.roleAssignments().values().stream()
                    .map(other -> other.path("properties"))
                    .anyMatch(other -> other.path("scope").asText().equalsIgnoreCase(call.variable("scope"))
                            && other.path("principalId").asText().equalsIgnoreCase(principal)
                            && lastSegment(other.path("roleDefinitionId").asText())
                                    .equalsIgnoreCase(lastSegment(role)));
            if (twice) {
                throw exists();
            }
            ObjectNode document = document(call, wanted, principal, role);
            subscription.putRoleAssignment(key, document);
            ObjectNode reply = document.deepCopy();
            ((ObjectNode) reply.get("properties")).putNull("createdBy");
            return Reply.of(201, reply);
        });
    }

    /** An identical PUT succeeds; nothing of an assignment can be updated. Open question 10 of the protocol page. */
    private Reply same(ObjectNode existing, String principal, String role) {
        JsonNode properties = existing.path("properties");
        boolean identical = properties.path("principalId").asText().equalsIgnoreCase(principal)
                && lastSegment(properties.path("roleDefinitionId").asText()).equalsIgnoreCase(lastSegment(role));
        if (!identical) {
            throw notUpdatable();
        }
        if (behaviours.text(Behaviour.IDENTICAL_ROLE_ASSIGNMENT).equals("conflict")) {
            throw exists();
        }
        return Reply.of(200, existing.deepCopy());
    }

    private static boolean sameName(String key, String other) {
        return lastSegment(key).equals(lastSegment(other));
    }

    private static Refusal notUpdatable() {
        return ArmError.provider(
                400,
                "RoleAssignmentUpdateNotPermitted",
                "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.");
    }

    private static Refusal exists() {
        return ArmError.provider(409, "RoleAssignmentExists", "The role assignment already exists.");
    }

    private ObjectNode document(Call call, JsonNode wanted, String principal, String role) {
        String now = timeline.now().toString();
        String scope = call.variable("scope");
        var document = Json.object();
        var properties = document.putObject("properties");
        properties
                .put("roleDefinitionId", role)
                .put("principalId", principal)
                .put("principalType", wanted.path("principalType").asText("ServicePrincipal"))
                .put("scope", scope);
        for (String optional :
                List.of("condition", "conditionVersion", "delegatedManagedIdentityResourceId", "description")) {
            properties.set(optional, wanted.path(optional).isMissingNode() ? null : wanted.get(optional));
        }
        properties
                .put("createdOn", now)
                .put("updatedOn", now)
                .put("createdBy", call.caller())
                .put("updatedBy", call.caller());
        return document.put("id", scope + COLLECTION + "/" + call.variable("name"))
                .put("type", "Microsoft.Authorization/roleAssignments")
                .put("name", call.variable("name"));
    }

    private void requirePrincipal(Subscription subscription, String objectId, boolean typeGiven) {
        boolean application = applications.stream().anyMatch(a -> a.objectId().equalsIgnoreCase(objectId));
        boolean replicated = subscription
                .principalSince(objectId)
                .map(since -> !since.plus(timeline.scaled(Durations.PRINCIPAL_REPLICATION))
                        .isAfter(timeline.now()))
                .orElse(false);
        if (!typeGiven && !application && !replicated) {
            throw ArmError.provider(
                    400,
                    "PrincipalNotFound",
                    "Principal " + objectId.replace("-", "") + " does not exist in the directory "
                            + subscription.tenantId()
                            + ". Check that you have the correct principal ID. If you are creating this principal and"
                            + " then immediately assigning a role, this error might be related to a replication delay."
                            + " In this case, set the role assignment principalType property to a value, such as"
                            + " ServicePrincipal, User, or Group. See https://aka.ms/docs-principaltype");
        }
    }

    private static void requireScope(String scope, Subscription subscription) {
        Matcher inGroup = IN_GROUP.matcher(scope);
        if (!inGroup.matches()) {
            return;
        }
        ResourceGroup group = subscription.existingGroup(inGroup.group(1));
        String resource = inGroup.group(3);
        if (resource != null) {
            String id = scope.substring(0, inGroup.end(2));
            if (group.find(GroupMember.class, id).isEmpty()) {
                throw SimpleResources.notFound(resource, group.name());
            }
        }
    }

    private Reply get(Call call) {
        Subscription subscription = subscription(call);
        return subscription.locked(() -> {
            ObjectNode found = subscription.roleAssignments().get(key(call));
            if (found == null) {
                throw ArmError.provider(
                        404,
                        "RoleAssignmentNotFound",
                        "The role assignment '" + call.variable("name") + "' is not found.");
            }
            return Reply.of(200, found.deepCopy());
        });
    }

    private Reply delete(Call call) {
        Subscription subscription = subscription(call);
        return subscription.locked(() -> {
            var removed = subscription.removeRoleAssignment(key(call));
            return removed.map(document -> Reply.of(200, document)).orElseGet(() -> Reply.empty(204));
        });
    }

    /** At, above and below the scope; with {@code atScope()} not below. */
    private Reply list(Call call) {
        Subscription subscription = subscription(call);
        String scope = call.variable("scope").toLowerCase(Locale.ROOT);
        String filter = call.queryValue("$filter").orElse("");
        boolean below = !filter.toLowerCase(Locale.ROOT).contains("atscope()");
        Matcher principal = BY_PRINCIPAL.matcher(filter);
        String wanted = principal.matches() ? principal.group(1) : "";
        return subscription.locked(() -> {
            var body = Json.object();
            var values = body.putArray("value");
            for (ObjectNode assignment : subscription.roleAssignments().values()) {
                JsonNode properties = assignment.path("properties");
                String at = properties.path("scope").asText().toLowerCase(Locale.ROOT);
                boolean inScope =
                        at.equals(scope) || scope.startsWith(at + "/") || (below && at.startsWith(scope + "/"));
                boolean whose = wanted.isEmpty()
                        || properties.path("principalId").asText().equalsIgnoreCase(wanted);
                if (inScope && whose) {
                    values.add(assignment.deepCopy());
                }
            }
            return Reply.of(200, body);
        });
    }

    private Subscription subscription(Call call) {
        Matcher matcher = SUBSCRIPTION.matcher(call.variable("scope"));
        if (!matcher.matches()) {
            throw ArmError.provider(
                    403,
                    "AuthorizationFailed",
                    "The scope '" + call.variable("scope") + "' is not inside a subscription.");
        }
        String id = matcher.group(1);
        return subscriptions.find(id).orElseThrow(() -> Subscriptions.unknown(id));
    }

    private static String key(Call call) {
        return (call.variable("scope") + COLLECTION + "/" + call.variable("name")).toLowerCase(Locale.ROOT);
    }

    private static String lastSegment(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }
}
