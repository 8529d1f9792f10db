package dev.fleetwright.simulator.aks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.Machine;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.aks.rules.ClusterRules;
import dev.fleetwright.simulator.aks.rules.KubernetesVersions;
import dev.fleetwright.simulator.aks.rules.PoolAdmission;
import dev.fleetwright.simulator.aks.rules.PoolRules;
import dev.fleetwright.simulator.aks.rules.QuotaRules;
import dev.fleetwright.simulator.aks.rules.Quotas;
import dev.fleetwright.simulator.aks.rules.VmSizes;
import dev.fleetwright.simulator.aks.work.ClusterWork;
import dev.fleetwright.simulator.aks.work.MachineWork;
import dev.fleetwright.simulator.aks.work.NodeSpecs;
import dev.fleetwright.simulator.aks.work.OperationLock;
import dev.fleetwright.simulator.aks.work.PoolWork;
import dev.fleetwright.simulator.aks.work.Workshop;
import dev.fleetwright.simulator.arm.OperationFaults;
import dev.fleetwright.simulator.arm.Regions;
import dev.fleetwright.simulator.arm.Subscription;
import dev.fleetwright.simulator.arm.Subscriptions;
import dev.fleetwright.simulator.backend.ClusterBackend;
import dev.fleetwright.simulator.behaviour.Behaviours;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Route;
import dev.fleetwright.simulator.time.Durations;
import dev.fleetwright.simulator.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The resource provider, put together: its routes, and what it knows as evidence. */
public final class AksProvider {
    private final Subscriptions subscriptions;
    private final List<Route> routes = new ArrayList<>();

    /** What may differ from one simulator to the next. */
    public record Settings(Regions regions, KubernetesVersions versions, Quotas quotas, Behaviours behaviours) {}

    public AksProvider(
            Subscriptions subscriptions,
            Settings settings,
            Timeline timeline,
            Durations durations,
            ClusterBackend backend,
            OperationFaults faults,
            RandomGenerator random) {
        this.subscriptions = subscriptions;
        var sizes = new VmSizes();
        var directory = new Directory(subscriptions);
        var quotas = new QuotaRules(settings.quotas(), sizes);
        var admission = new PoolAdmission(new PoolRules(sizes, settings.versions()), quotas, random);
        var lock = new OperationLock(settings.behaviours());
        var workshop = new Workshop(timeline, durations, backend, faults);
        var poolWork = new PoolWork(workshop, new MachineWork(workshop, new NodeSpecs(sizes)), settings.behaviours());
        var clusterWork = new ClusterWork(workshop, poolWork);
        routes.addAll(new ClusterRoutes(
                        directory,
                        settings.regions(),
                        new ClusterRules(settings.versions()),
                        admission,
                        quotas,
                        lock,
                        clusterWork,
                        poolWork,
                        settings.behaviours())
                .routes());
        routes.addAll(new PoolRoutes(directory, admission, lock, poolWork).routes());
        routes.addAll(new CatalogueRoutes(directory, settings.versions()).routes());
        routes.addAll(new CredentialRoutes(directory).routes());
    }

    public List<Route> routes() {
        return List.copyOf(routes);
    }

    /** Every cluster with its pools, machines and operations, as of now: one atomic look per subscription. */
    public ObjectNode evidence() {
        var state = Json.object();
        ArrayNode clusters = state.putArray("clusters");
        ArrayNode operations = state.putArray("operations");
        for (Subscription subscription : subscriptions.all()) {
            subscription.locked(() -> {
                subscription.groups().stream()
                        .flatMap(group -> group.all(ManagedCluster.class).stream())
                        .forEach(cluster -> clusters.add(evidence(cluster)));
                subscription.operations().forEach(operation -> operations.add(operation.evidence()));
            });
        }
        return state;
    }

    private static ObjectNode evidence(ManagedCluster cluster) {
        var document = Json.object()
                .put("id", cluster.id())
                .put("key", cluster.key())
                .put("provisioningState", cluster.state())
                .put("version", cluster.version());
        ArrayNode pools = document.putArray("agentPools");
        for (AgentPool pool : cluster.pools()) {
            ObjectNode entry = pools.addObject()
                    .put("name", pool.name())
                    .put("provisioningState", pool.state())
                    .put("mode", pool.property("mode").asText())
                    .put("vmSize", pool.property("vmSize").asText())
                    .put("version", pool.version())
                    .put("count", pool.count());
            ArrayNode machines = entry.putArray("machines");
            pool.machines().stream().filter(Machine::joined).forEach(machine -> machines.add(machine.name()));
        }
        return document;
    }
}
