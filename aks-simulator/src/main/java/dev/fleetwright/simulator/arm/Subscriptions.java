package dev.fleetwright.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.entra.Principal;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Refusal;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import dev.fleetwright.simulator.state.Entry;
import dev.fleetwright.simulator.state.Journal;
import dev.fleetwright.simulator.time.Timeline;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The subscriptions that exist. Fixed at the start. */
public final class Subscriptions {
    private static final Pattern PLACE =
            Pattern.compile("(?i)/subscriptions/[^/]+/providers/[^/]+/locations/([^/]+)/.*");
    private static final Pattern RESOURCE =
            Pattern.compile("(?i)(/subscriptions/([^/]+)/resourceGroups/([^/]+)/providers/[^/]+/[^/]+/[^/]+)(?:/.*)?");

    private final Map<String, Subscription> byId = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Timeline timeline;
    private Journal journal = Journal.NOWHERE;

    /** Takes the tenant id by lower-case subscription id. */
    public Subscriptions(Map<String, String> tenantsById, Timeline timeline) {
        this.timeline = timeline;
        tenantsById.forEach((id, tenant) -> byId.put(id, new Subscription(id, tenant, timeline)));
    }

    public Optional<Subscription> find(String id) {
        return Optional.ofNullable(byId.get(id.toLowerCase(Locale.ROOT)));
    }

    public List<Subscription> all() {
        synchronized (byId) {
            return List.copyOf(byId.values());
        }
    }

    /** From now on every change goes into this journal; what is there already has to be in it. */
    public void keepIn(Journal newJournal) {
        journal = newJournal;
        all().forEach(subscription -> subscription.locked(() -> subscription.keepIn(newJournal)));
    }

    /** An empty subscription with the name and the tenant of one that exists; {@link #replace} puts it in its place. */
    public Subscription blank(Subscription existing) {
        return new Subscription(existing.id(), existing.tenantId(), timeline);
    }

    /** Puts a subscription in the place of the one with its id, here and in the journal. */
    public void replace(Subscription fresh) {
        Subscription old = find(fresh.id()).orElseThrow();
        old.locked(() -> {
            old.retire();
            fresh.locked(() -> {
                journal.append(
                        List.of("/subscriptions/" + fresh.id()),
                        fresh.kept().map(Entry::of).toList());
                fresh.keepIn(journal);
            });
            byId.put(fresh.id(), fresh);
        });
    }

    /** The region of what a path names: of an operation or of a resource; empty where there is none. */
    String region(String path) {
        Matcher place = PLACE.matcher(path);
        if (place.matches()) {
            return Regions.canonical(place.group(1));
        }
        Matcher resource = RESOURCE.matcher(path);
        if (!resource.matches()) {
            return "";
        }
        return find(resource.group(2))
                .map(subscription -> subscription.locked(() -> subscription
                        .group(resource.group(3))
                        .flatMap(group -> group.find(GroupMember.class, resource.group(1)))
                        .map(GroupMember::location)
                        .orElse("")))
                .orElse("");
    }

    /** Notes a principal that has just been made in a tenant: its subscriptions learn of it late. */
    public void principalCreated(Principal principal) {
        for (Subscription subscription : all()) {
            if (subscription.tenantId().equalsIgnoreCase(principal.tenantId())) {
                subscription.locked(() -> subscription.principalCreated(principal.objectId()));
            }
        }
    }

    /** The subscription of a call that has passed the gate. */
    public Subscription of(Call call) {
        return find(call.variable("sub")).orElseThrow(() -> unknown(call.variable("sub")));
    }

    static Refusal unknown(String id) {
        return ArmError.gateway(404, "SubscriptionNotFound", "The subscription '" + id + "' could not be found.");
    }

    public List<Route> routes() {
        return List.of(
                new Route("GET", "/subscriptions", "list subscriptions", "", this::list),
                new Route(
                        "GET",
                        "/subscriptions/{sub}",
                        "get subscription",
                        "",
                        call -> Reply.of(200, document(of(call)))));
    }

    private Reply list(Call call) {
        var body = Json.object();
        var values = body.putArray("value");
        all().forEach(subscription -> values.add(document(subscription)));
        return Reply.of(200, body);
    }

    private static ObjectNode document(Subscription subscription) {
        return Json.object()
                .put("id", "/subscriptions/" + subscription.id())
                .put("subscriptionId", subscription.id())
                .put("tenantId", subscription.tenantId())
                .put("displayName", "simulated")
                .put("state", "Enabled")
                .put("authorizationSource", "RoleBased");
    }
}
