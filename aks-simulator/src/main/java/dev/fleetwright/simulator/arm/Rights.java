package dev.fleetwright.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.entra.Principal;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What a principal may do: everything, or what roles that are assigned to it allow, once they have taken effect. */
public final class Rights {
    private static final Map<String, String> VERBS = Map.of(
            "GET", "read", "HEAD", "read", "PUT", "write", "PATCH", "write", "DELETE", "delete", "POST", "action");

    private final RoleDefinitions roles;
    private final Timeline timeline;
    private final Duration delay;

    /** @param delay Azure time until a new assignment has its effect */
    public Rights(RoleDefinitions roles, Timeline timeline, Duration delay) {
        this.roles = roles;
        this.timeline = timeline;
        this.delay = delay;
    }

    boolean allow(Principal principal, Subscription subscription, Call call) {
        if (!principal.mayUse(subscription.id())) {
            return false;
        }
        if (!principal.needsRoles()) {
            return true;
        }
        String action = action(call);
        String path = call.path().toLowerCase(Locale.ROOT) + "/";
        List<ObjectNode> assignments = subscription.locked(
                () -> List.copyOf(subscription.roleAssignments().values()));
        return assignments.stream()
                .map(assignment -> assignment.path("properties"))
                .filter(assignment -> assignment.path("principalId").asText().equalsIgnoreCase(principal.objectId()))
                .filter(assignment ->
                        path.startsWith(assignment.path("scope").asText().toLowerCase(Locale.ROOT) + "/"))
                .filter(this::effective)
                .anyMatch(assignment -> roles.allow(subscription, guid(assignment), action));
    }

    private boolean effective(JsonNode assignment) {
        Instant since = Instant.parse(assignment.path("createdOn").asText());
        return !since.plus(timeline.scaled(delay)).isAfter(timeline.now());
    }

    private static String guid(JsonNode assignment) {
        String id = assignment.path("roleDefinitionId").asText();
        return id.substring(id.lastIndexOf('/') + 1);
    }

    /** Whether an action fits a pattern of a role, such as {@code Microsoft.ContainerService/*}. */
    static boolean fits(String pattern, String action) {
        return Pattern.compile(Pattern.quote(pattern).replace("*", "\\E.*\\Q"), Pattern.CASE_INSENSITIVE)
                .matcher(action)
                .matches();
    }

    /** The name of what a call does, such as {@code Microsoft.ContainerService/managedClusters/agentPools/write}. */
    static String action(Call call) {
        String path = call.path();
        int provider = path.toLowerCase(Locale.ROOT).lastIndexOf("/providers/");
        String[] segments = (provider < 0 ? path : path.substring(provider + "/providers".length())).split("/", -1);
        var name = new StringBuilder(provider < 0 ? "Microsoft.Resources" : segments[1]);
        for (int i = provider < 0 ? 1 : 2; i < segments.length; i += 2) {
            name.append('/').append(segments[i]);
        }
        return name.append('/')
                .append(VERBS.getOrDefault(call.method(), "action"))
                .toString();
    }
}
