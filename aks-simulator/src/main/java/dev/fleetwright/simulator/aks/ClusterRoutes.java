package dev.fleetwright.simulator.aks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.ClusterDocuments;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.aks.rules.ClusterRules;
import dev.fleetwright.simulator.aks.rules.ClusterRules.Place;
import dev.fleetwright.simulator.aks.rules.PoolAdmission;
import dev.fleetwright.simulator.aks.rules.PoolRules;
import dev.fleetwright.simulator.aks.rules.Preconditions;
import dev.fleetwright.simulator.aks.rules.QuotaRules;
import dev.fleetwright.simulator.aks.work.ClusterWork;
import dev.fleetwright.simulator.aks.work.OperationLock;
import dev.fleetwright.simulator.aks.work.PoolWork;
import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.arm.Operation;
import dev.fleetwright.simulator.arm.Regions;
import dev.fleetwright.simulator.arm.ResourceGroup;
import dev.fleetwright.simulator.arm.Subscription;
import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.behaviour.Behaviours;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Reply;
import dev.fleetwright.simulator.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Create, change, read, list, delete and abort of managed clusters. */
final class ClusterRoutes {
    private static final int PAGE = 200;
    private static final String TYPE = "ManagedCluster";
    private static final String LIST = "ManagedClusterListResult";

    private final Directory directory;
    private final Surface surface;
    private final Regions regions;
    private final ClusterRules rules;
    private final PoolAdmission admission;
    private final QuotaRules quotas;
    private final OperationLock lock;
    private final ClusterWork work;
    private final Behaviours behaviours;
    private final ClusterKeys keys;
    private final Preconditions preconditions;

    ClusterRoutes(
            Directory directory,
            Surface surface,
            Regions regions,
            ClusterRules rules,
            PoolAdmission admission,
            QuotaRules quotas,
            OperationLock lock,
            ClusterWork work,
            Behaviours behaviours,
            ClusterKeys keys) {
        this.directory = directory;
        this.surface = surface;
        this.regions = regions;
        this.rules = rules;
        this.admission = admission;
        this.quotas = quotas;
        this.lock = lock;
        this.work = work;
        this.behaviours = behaviours;
        this.keys = keys;
        this.preconditions = new Preconditions(behaviours);
    }

    List<Route> routes() {
        return List.of(
                new Route(
                        "PUT",
                        Directory.CLUSTER,
                        "put managed cluster",
                        "P-mc",
                        surface.giving(TYPE, surface.taking(TYPE, this::put))),
                new Route(
                        "PATCH",
                        Directory.CLUSTER,
                        "patch managed cluster tags",
                        "X",
                        surface.giving(TYPE, surface.taking("TagsObject", this::patch))),
                new Route("GET", Directory.CLUSTER, "get managed cluster", "G-mc", surface.giving(TYPE, this::get)),
                new Route("DELETE", Directory.CLUSTER, "delete managed cluster", "X", surface.enveloped(this::delete)),
                new Route(
                        "GET", Directory.CLUSTERS, "list managed clusters", "L-sub", surface.giving(LIST, this::list)),
                new Route(
                        "GET",
                        Directory.GROUP_CLUSTERS,
                        "list managed clusters of group",
                        "L-rg",
                        surface.giving(LIST, this::listGroup)),
                new Route(
                        "POST",
                        Directory.CLUSTER + "/abort",
                        "abort managed cluster",
                        "X",
                        surface.giving(TYPE, this::abort)));
    }

    private Reply put(Call call) {
        Subscription subscription = directory.subscription(call);
        String location =
                regions.require(call.json().path("location").asText(""), "Microsoft.ContainerService/managedClusters");
        return subscription.locked(() -> {
            ResourceGroup group = subscription.openGroup(call.variable("rg"));
            Optional<ManagedCluster> existing = directory.find(call);
            preconditions.forPut(call, existing.map(ManagedCluster::eTag));
            var place =
                    new Place(subscription.id(), subscription.tenantId(), group.name(), call.variable("mc"), location);
            return existing.isPresent()
                    ? update(call, existing.get(), place)
                    : create(call, subscription, group, place);
        });
    }

    private Reply create(Call call, Subscription subscription, ResourceGroup group, Place place) {
        var admitted = rules.create(place, call.json());
        var cluster = new ManagedCluster(
                subscription,
                group,
                place.name(),
                place.location(),
                admitted.settings(),
                admitted.version(),
                keys.next(place.name()),
                work::dispose);
        List<AgentPool> first =
                admission.firstPools(cluster, call.json().path("properties").path("agentPoolProfiles"));
        quotas.requireClusterRoom(subscription, place.location());
        var nodes = new TreeMap<String, Integer>();
        first.forEach(pool -> nodes.merge(pool.property("vmSize").asText(), pool.count(), Integer::sum));
        quotas.requireNodeRoom(subscription, place.location(), nodes);
        first.forEach(cluster::put);
        group.add(cluster);
        Operation operation = work.create(cluster);
        return directory.accepted(call, 201, ClusterDocuments.created(cluster), operation);
    }

    private Reply update(Call call, ManagedCluster cluster, Place place) {
        if (!place.location().equals(cluster.location())) {
            throw ArmError.gateway(
                    409,
                    "InvalidResourceLocation",
                    "The resource '" + cluster.name() + "' already exists in location '" + cluster.location()
                            + "' in resource group '" + cluster.group().name()
                            + "'. A resource with the same name cannot be created in location '" + place.location()
                            + "'. Please select a new resource name.");
        }
        lock.requireFree(cluster);
        ActionRoutes.requireRunning(cluster);
        var admitted = rules.update(place, cluster, call.json());
        var wantedPools = admission.changes(
                cluster, call.json().path("properties").path("agentPoolProfiles"), admitted.version());
        boolean same = admitted.settings().equals(cluster.settings())
                && admitted.version().equals(cluster.version())
                && wantedPools.entrySet().stream().allMatch(ClusterRoutes::unchanged);
        if (same && !behaviours.on(Behaviour.EMPTY_PUT_UPDATES)) {
            return Reply.of(200, ClusterDocuments.get(cluster));
        }
        ClusterWork.prepare(cluster, admitted.settings());
        List<PoolWork.Change> changes = new ArrayList<>();
        for (Map.Entry<AgentPool, PoolRules.Admitted> wanted : wantedPools.entrySet()) {
            changes.add(PoolWork.prepare(wanted.getKey(), wanted.getValue()));
        }
        Operation operation = work.update(cluster, admitted.version(), changes);
        return directory.accepted(call, 200, ClusterDocuments.get(cluster), operation);
    }

    private static boolean unchanged(Map.Entry<AgentPool, PoolRules.Admitted> wanted) {
        AgentPool pool = wanted.getKey();
        return wanted.getValue().properties().equals(pool.properties())
                && wanted.getValue().version().equals(pool.version());
    }

    /** Tags only: the body is a TagsObject. */
    private Reply patch(Call call) {
        Subscription subscription = directory.subscription(call);
        return subscription.locked(() -> {
            ManagedCluster cluster = directory.cluster(call);
            preconditions.forChange(call, cluster.eTag());
            lock.requireFree(cluster);
            ObjectNode settings = cluster.settings().deepCopy();
            JsonNode tags = call.json().path("tags");
            settings.set("tags", tags.isObject() ? tags.deepCopy() : Json.object());
            cluster.replaceSettings(settings);
            Operation operation = work.update(cluster, cluster.version(), List.of());
            return directory.accepted(call, 200, ClusterDocuments.get(cluster), operation);
        });
    }

    private Reply get(Call call) {
        return directory.subscription(call).locked(() -> Reply.of(200, ClusterDocuments.get(directory.cluster(call))));
    }

    private Reply list(Call call) {
        Subscription subscription = directory.subscription(call);
        return subscription.locked(() -> page(call, subscription.groups()));
    }

    private Reply listGroup(Call call) {
        Subscription subscription = directory.subscription(call);
        return subscription.locked(() -> page(call, List.of(subscription.existingGroup(call.variable("rg")))));
    }

    private static Reply page(Call call, List<ResourceGroup> groups) {
        var clusters = groups.stream()
                .flatMap(group -> group.all(ManagedCluster.class).stream())
                .toList();
        return Directory.page(call, clusters, ClusterDocuments::get, PAGE, false);
    }

    private Reply delete(Call call) {
        Subscription subscription = directory.subscription(call);
        return subscription.locked(() -> {
            Optional<ManagedCluster> existing =
                    subscription.group(call.variable("rg")).isPresent() ? directory.find(call) : Optional.empty();
            if (existing.isEmpty()) {
                return Reply.empty(204);
            }
            ManagedCluster cluster = existing.get();
            preconditions.forChange(call, cluster.eTag());
            if (!cluster.state().equals("Deleting") && !behaviours.on(Behaviour.DELETE_PREEMPTS)) {
                lock.requireFree(cluster);
            }
            return directory.accepted(call, work.delete(cluster));
        });
    }

    private Reply abort(Call call) {
        Subscription subscription = directory.subscription(call);
        return subscription.locked(() -> {
            ManagedCluster cluster = directory.cluster(call);
            Operation running = cluster.running()
                    .orElseThrow(() -> ArmError.aks(
                            409, "OperationNotAllowed", "There is no operation in progress that could be aborted."));
            Operation abort = work.abort(cluster, running);
            return directory.posted(call, ClusterDocuments.get(cluster), abort);
        });
    }
}
