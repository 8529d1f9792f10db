package dev.fleetwright.simulator.aks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.aks.rules.AksErrors;
import dev.fleetwright.simulator.arm.Operation;
import dev.fleetwright.simulator.arm.OperationReplies;
import dev.fleetwright.simulator.arm.Subscription;
import dev.fleetwright.simulator.arm.Subscriptions;
import dev.fleetwright.simulator.behaviour.Behaviours;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Reply;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Finds what a call's path names, and builds the replies that all handlers share. Expects the lock. */
final class Directory {
    static final String CLUSTERS = "/subscriptions/{sub}/providers/Microsoft.ContainerService/managedClusters";
    static final String GROUP_CLUSTERS =
            "/subscriptions/{sub}/resourceGroups/{rg}/providers/Microsoft.ContainerService/managedClusters";
    static final String CLUSTER = GROUP_CLUSTERS + "/{mc}";
    static final String POOLS = CLUSTER + "/agentPools";
    static final String POOL = POOLS + "/{ap}";

    private final Subscriptions subscriptions;
    private final Behaviours behaviours;

    Directory(Subscriptions subscriptions, Behaviours behaviours) {
        this.subscriptions = subscriptions;
        this.behaviours = behaviours;
    }

    Subscription subscription(Call call) {
        return subscriptions.of(call);
    }

    Optional<ManagedCluster> find(Call call) {
        String id = ManagedCluster.id(call.variable("sub"), call.variable("rg"), call.variable("mc"));
        return subscription(call).existingGroup(call.variable("rg")).find(ManagedCluster.class, id);
    }

    ManagedCluster cluster(Call call) {
        return find(call).orElseThrow(() -> AksErrors.clusterNotFound(call.variable("mc"), call.variable("rg")));
    }

    /** The cluster as the parent of a pool. */
    ManagedCluster parent(Call call) {
        String action = call.method().equals("GET") ? "read" : call.method().equals("DELETE") ? "delete" : "write";
        return find(call).orElseThrow(() -> AksErrors.parentNotFound(call.variable("mc"), action));
    }

    AgentPool pool(ManagedCluster cluster, Call call) {
        return cluster.pool(call.variable("ap").toLowerCase(Locale.ROOT))
                .orElseThrow(() -> AksErrors.poolNotFound(call.variable("ap"), cluster.name()));
    }

    /** The reply to an accepted PUT or PATCH. */
    Reply accepted(Call call, int status, ObjectNode document, Operation operation) {
        return OperationReplies.written(Reply.of(status, document), call, operation, behaviours);
    }

    /** The reply to an accepted DELETE or POST: no body, both headers (recorded). */
    Reply accepted(Call call, Operation operation) {
        return OperationReplies.posted(Reply.empty(202), call, operation, behaviours);
    }

    /** The reply to an accepted POST that comes with a document. */
    Reply posted(Call call, ObjectNode document, Operation operation) {
        return OperationReplies.posted(Reply.of(202, document), call, operation, behaviours);
    }

    /**
     * One page of a list; the rest is behind nextLink. Only what is on the page is rendered.
     *
     * @param emptyLastPage whether the last items, too, have a link, which leads to a page without any
     */
    static <T> Reply page(Call call, List<T> all, Function<T, ObjectNode> render, int size, boolean emptyLastPage) {
        int from = Math.min(all.size(), skipped(call));
        int to = Math.min(all.size(), from + size);
        var body = Json.object();
        ArrayNode values = body.putArray("value");
        all.subList(from, to).forEach(item -> values.add(render.apply(item)));
        boolean more = to < all.size() || (emptyLastPage && from < all.size());
        if (more) {
            body.put(
                    "nextLink",
                    call.base() + call.path() + "?api-version=" + call.apiVersion() + "&%24skipToken=" + to);
        }
        return Reply.of(200, body);
    }

    private static int skipped(Call call) {
        String token = call.queryValue("$skipToken").orElse("0");
        try {
            return Integer.parseUnsignedInt(token);
        } catch (NumberFormatException e) {
            throw AksErrors.badRequest("The skip token '" + token + "' is invalid.");
        }
    }
}
