package dev.fleetwright.simulator.aks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.Machine;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.aks.rules.SupplyLimit;
import dev.fleetwright.simulator.aks.work.Boots;
import dev.fleetwright.simulator.aks.work.Capacity;
import dev.fleetwright.simulator.aks.work.NodeSpecs;
import dev.fleetwright.simulator.aks.work.SpotEvictions;
import dev.fleetwright.simulator.arm.Subscription;
import dev.fleetwright.simulator.arm.Subscriptions;
import dev.fleetwright.simulator.backend.ClusterBackend;
import dev.fleetwright.simulator.backend.ClusterBackend.NodeSpec;
import dev.fleetwright.simulator.backend.NodeCapacity;
import dev.fleetwright.simulator.backend.NodeChange;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Refusal;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/**
 * The simulator's own endpoints about nodes, under /simulator/clusters/{key}: the nodes as Kubernetes would list them, with
 * or without a backend, and trouble with single ones.
 */
final class NodeRoutes {
    private static final String NODES = "/simulator/clusters/{key}/nodes";
    private static final String BOOTS = "/simulator/boots";
    private static final String CAPACITY = "/simulator/capacity";

    private final Subscriptions subscriptions;
    private final NodeSpecs specs;
    private final SpotEvictions evictions;
    private final Boots boots;
    private final Capacity capacity;
    private final ClusterBackend backend;

    NodeRoutes(
            Subscriptions subscriptions,
            NodeSpecs specs,
            SpotEvictions evictions,
            Boots boots,
            Capacity capacity,
            ClusterBackend backend) {
        this.subscriptions = subscriptions;
        this.specs = specs;
        this.evictions = evictions;
        this.boots = boots;
        this.capacity = capacity;
        this.backend = backend;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", NODES, "simulator nodes", "", this::list),
                new Route("POST", NODES + "/{node}/evict", "simulator evict", "", this::evict),
                new Route("POST", NODES + "/{node}/kubelet", "simulator kubelet", "", this::kubelet),
                new Route("POST", BOOTS, "simulator boots", "", this::arm),
                new Route("DELETE", BOOTS, "simulator boots", "", this::disarm),
                new Route("GET", CAPACITY, "simulator capacity", "", this::limits),
                new Route("POST", CAPACITY, "simulator capacity", "", this::limit),
                new Route("DELETE", CAPACITY, "simulator capacity", "", this::unlimited));
    }

    /** A NodeList of what has joined. */
    private Reply list(Call call) {
        ManagedCluster cluster = cluster(call);
        var body = Json.object().put("apiVersion", "v1").put("kind", "NodeList");
        var items = body.putArray("items");
        cluster.subscription()
                .locked(() -> cluster.pools()
                        .forEach(pool -> pool.machines().stream()
                                .filter(Machine::joined)
                                .forEach(machine -> items.add(document(specs.of(cluster, pool, machine))))));
        return Reply.of(200, body);
    }

    private static ObjectNode document(NodeSpec spec) {
        var node = Json.object().put("apiVersion", "v1").put("kind", "Node");
        var metadata = node.putObject("metadata").put("name", spec.name());
        var labels = metadata.putObject("labels");
        spec.labels().forEach(labels::put);
        var inner = node.putObject("spec").put("providerID", spec.providerId());
        var taints = inner.putArray("taints");
        spec.taints()
                .forEach(taint -> taints.addObject()
                        .put("key", taint.key())
                        .put("value", taint.value())
                        .put("effect", taint.effect()));
        var status = node.putObject("status");
        var capacity = status.putObject("capacity");
        NodeCapacity.capacity(spec).forEach(capacity::put);
        var allocatable = status.putObject("allocatable");
        NodeCapacity.allocatable(spec).forEach(allocatable::put);
        status.putArray("conditions").addObject().put("type", "Ready").put("status", "True");
        status.putArray("addresses").addObject().put("type", "InternalIP").put("address", spec.internalIp());
        status.putObject("nodeInfo")
                .put("kubeletVersion", spec.kubeletVersion())
                .put("osImage", spec.osImage())
                .put("architecture", spec.architecture());
        return node;
    }

    /** Takes a spot machine back, with the usual notice. */
    private Reply evict(Call call) {
        ManagedCluster cluster = cluster(call);
        Place place = place(cluster, call);
        if (!SpotEvictions.spot(place.pool())) {
            throw refused(
                    409,
                    "Only machines of spot pools are taken back; "
                            + place.pool().name() + " is none.");
        }
        evictions.evict(cluster, place.pool(), place.machine());
        return Reply.empty(202);
    }

    /** Body: {@code {"running": false}}. A node whose kubelet stands still becomes NotReady by itself. */
    private Reply kubelet(Call call) {
        ManagedCluster cluster = cluster(call);
        Place place = place(cluster, call);
        boolean running = body(call).path("running").asBoolean(true);
        backend.change(cluster.key(), place.machine().name(), new NodeChange.Kubelet(running))
                .toCompletableFuture()
                .join();
        return Reply.empty(204);
    }

    /** Body: {@code {times, pool, lateSeconds}}, or {@code {times, pool, never: true}}; Azure seconds. */
    private Reply arm(Call call) {
        JsonNode body = body(call);
        int times = Math.max(1, body.path("times").asInt(1));
        String pool = body.path("pool").asText("");
        try {
            if (body.path("never").asBoolean()) {
                boots.never(times, pool);
            } else {
                boots.late(
                        times, pool, Duration.ofSeconds(body.path("lateSeconds").asLong()));
            }
        } catch (PatternSyntaxException e) {
            throw refused(400, e.getDescription());
        }
        return Reply.empty(204);
    }

    private Reply disarm(Call call) {
        boots.clear();
        return Reply.empty(204);
    }

    private Reply limits(Call call) {
        var body = Json.object();
        var values = body.putArray("value");
        capacity.limits().forEach(limit -> values.add(limit.document()));
        return Reply.of(200, body);
    }

    /** Body: {@code {vmSize, location, zone, subnet, most, offered, addresses}}; one of the last three has to be there. */
    private Reply limit(Call call) {
        try {
            capacity.add(SupplyLimit.read(body(call)));
        } catch (PatternSyntaxException e) {
            throw refused(400, e.getDescription());
        } catch (IllegalArgumentException e) {
            throw refused(400, String.valueOf(e.getMessage()));
        }
        return Reply.empty(204);
    }

    private Reply unlimited(Call call) {
        capacity.clear();
        return Reply.empty(204);
    }

    private record Place(AgentPool pool, Machine machine) {}

    private static Place place(ManagedCluster cluster, Call call) {
        String name = call.variable("node");
        return cluster.subscription()
                .locked(() -> cluster.pools().stream()
                        .flatMap(pool -> pool.machine(name).stream().map(machine -> new Place(pool, machine)))
                        .findFirst())
                .orElseThrow(() -> refused(404, "There is no node " + name + "."));
    }

    private ManagedCluster cluster(Call call) {
        String key = call.variable("key");
        for (Subscription subscription : subscriptions.all()) {
            Optional<ManagedCluster> found = subscription.locked(() -> subscription.groups().stream()
                    .flatMap(group -> group.all(ManagedCluster.class).stream())
                    .filter(cluster -> cluster.key().equals(key))
                    .findFirst());
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw refused(404, "There is no cluster with the key " + key + "; GET /simulator/state names them.");
    }

    private static JsonNode body(Call call) {
        try {
            return call.text().isEmpty() ? Json.object() : Json.parse(call.text());
        } catch (JsonProcessingException e) {
            throw refused(400, "The body is not JSON.");
        }
    }

    private static Refusal refused(int status, String message) {
        return new Refusal(message, Reply.of(status, Json.object().put("message", message)));
    }
}
