package dev.fleetwright.simulator.arm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a subscription holds, across its groups; and the tags of groups. */
public final class ResourceLists {
    private static final Pattern BY_GROUP = Pattern.compile("(?i).*resourceGroup\\s+eq\\s+'([^']+)'.*");
    private static final Pattern BY_TYPE = Pattern.compile("(?i).*resourceType\\s+eq\\s+'([^']+)'.*");
    private static final Pattern BY_NAME = Pattern.compile("(?i).*(?:^|\\s|\\()name\\s+eq\\s+'([^']+)'.*");

    private final Subscriptions subscriptions;

    public ResourceLists(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    public List<Route> routes() {
        return List.of(
                new Route("GET", "/subscriptions/{sub}/resources", "list resources", "", this::resources),
                new Route(
                        "PATCH",
                        "/subscriptions/{sub}/resourceGroups/{rg}",
                        "patch resource group",
                        "",
                        this::tagGroup));
    }

    /** Without the details: id, name, type, location and tags. */
    private Reply resources(Call call) {
        Subscription subscription = subscriptions.of(call);
        String filter = call.queryValue("$filter").orElse("");
        String groupName = captured(BY_GROUP, filter);
        String type = captured(BY_TYPE, filter);
        String name = captured(BY_NAME, filter);
        return subscription.locked(() -> {
            var body = Json.object();
            ArrayNode values = body.putArray("value");
            for (ResourceGroup group : subscription.groups()) {
                if (!fits(groupName, group.name())) {
                    continue;
                }
                group.all(GroupMember.class).stream()
                        .map(member -> member.document().deepCopy().retain("id", "name", "type", "location", "tags"))
                        .filter(document -> fits(type, document.path("type").asText())
                                && fits(name, document.path("name").asText()))
                        .forEach(values::add);
            }
            return Reply.of(200, body);
        });
    }

    private static String captured(Pattern pattern, String filter) {
        Matcher matcher = pattern.matcher(filter);
        return matcher.matches() ? matcher.group(1) : "";
    }

    private static boolean fits(String wanted, String value) {
        return wanted.isEmpty() || wanted.equalsIgnoreCase(value);
    }

    private Reply tagGroup(Call call) {
        Subscription subscription = subscriptions.of(call);
        return subscription.locked(() -> {
            ResourceGroup group = subscription.openGroup(call.variable("rg"));
            if (call.json().path("tags") instanceof ObjectNode tags) {
                group.tag(tags);
            }
            return Reply.of(200, group.document());
        });
    }
}
