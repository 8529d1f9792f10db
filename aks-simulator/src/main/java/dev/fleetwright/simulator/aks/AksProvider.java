package dev.fleetwright.simulator.aks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.KeptModel;
import dev.fleetwright.simulator.aks.model.Machine;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.aks.rules.ClusterRules;
import dev.fleetwright.simulator.aks.rules.KubernetesVersions;
import dev.fleetwright.simulator.aks.rules.PoolAdmission;
import dev.fleetwright.simulator.aks.rules.PoolRules;
import dev.fleetwright.simulator.aks.rules.QuotaRules;
import dev.fleetwright.simulator.aks.rules.Quotas;
import dev.fleetwright.simulator.aks.rules.SupplyRules;
import dev.fleetwright.simulator.aks.rules.VmSizes;
import dev.fleetwright.simulator.aks.work.Autoscaling;
import dev.fleetwright.simulator.aks.work.Boots;
import dev.fleetwright.simulator.aks.work.Capacity;
import dev.fleetwright.simulator.aks.work.ClusterWork;
import dev.fleetwright.simulator.aks.work.MachineWork;
import dev.fleetwright.simulator.aks.work.NodeSpecs;
import dev.fleetwright.simulator.aks.work.OperationLock;
import dev.fleetwright.simulator.aks.work.OperationRunner;
import dev.fleetwright.simulator.aks.work.PoolWork;
import dev.fleetwright.simulator.aks.work.PowerWork;
import dev.fleetwright.simulator.aks.work.SpotEvictions;
import dev.fleetwright.simulator.aks.work.Workshop;
import dev.fleetwright.simulator.arm.OperationFaults;
import dev.fleetwright.simulator.arm.Regions;
import dev.fleetwright.simulator.arm.Subscription;
import dev.fleetwright.simulator.arm.Subscriptions;
import dev.fleetwright.simulator.backend.ClusterBackend;
import dev.fleetwright.simulator.backend.ClusterBackend.Access;
import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.behaviour.Behaviours;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Route;
import dev.fleetwright.simulator.state.Entry;
import dev.fleetwright.simulator.time.Durations;
import dev.fleetwright.simulator.time.Timeline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The resource provider, put together: its routes, and what it knows as evidence. */
public final class AksProvider {
    private static final Logger LOG = LoggerFactory.getLogger(AksProvider.class);

    private final Subscriptions subscriptions;
    private final ClusterBackend backend;
    private final OperationRunner runner;
    private final ClusterWork clusterWork;
    private final Autoscaling autoscaling;
    private final SpotEvictions evictions;
    private final int meanSpotHours;
    private final Boots boots = new Boots();
    private final Capacity capacity;
    private final List<Route> ownRoutes = new ArrayList<>();
    private final ClusterKeys keys = new ClusterKeys();
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
        this.backend = backend;
        this.runner = new OperationRunner(timeline::now);
        var sizes = new VmSizes();
        var directory = new Directory(subscriptions, settings.behaviours());
        var quotas = new QuotaRules(settings.quotas(), sizes);
        var poolRules = new PoolRules(sizes, settings.versions(), settings.behaviours(), timeline::now);
        capacity = new Capacity(quotas, settings.behaviours().seconds(Behaviour.ALLOCATION_PATIENCE));
        var supply = new SupplyRules(capacity::limits);
        var admission = new PoolAdmission(poolRules, quotas, supply, settings.behaviours(), random);
        var lock = new OperationLock(settings.behaviours());
        var workshop = new Workshop(timeline, durations, backend, faults);
        var specs = new NodeSpecs(sizes);
        var machineWork = new MachineWork(workshop, specs, boots, capacity, settings.behaviours());
        var poolWork = new PoolWork(workshop, machineWork, settings.behaviours(), runner);
        clusterWork = new ClusterWork(workshop, poolWork, settings.behaviours(), runner);
        var surface = new Surface(settings.behaviours());
        autoscaling = new Autoscaling(subscriptions, workshop, specs, machineWork, random);
        evictions = new SpotEvictions(subscriptions, workshop, random);
        meanSpotHours = settings.behaviours().number(Behaviour.SPOT_EVICTION_HOURS);
        ownRoutes.addAll(new NodeRoutes(subscriptions, specs, evictions, boots, capacity, backend).routes());
        routes.addAll(new ClusterRoutes(
                        directory,
                        surface,
                        settings.regions(),
                        new ClusterRules(settings.versions()),
                        admission,
                        quotas,
                        lock,
                        clusterWork,
                        settings.behaviours(),
                        keys)
                .routes());
        routes.addAll(new PoolRoutes(directory, surface, admission, lock, poolWork, settings.behaviours()).routes());
        routes.addAll(new CatalogueRoutes(directory, surface, settings, timeline::now).routes());
        routes.addAll(new CredentialRoutes(directory, surface, settings.behaviours()).routes());
        var power = new PowerWork(workshop, machineWork, runner);
        routes.addAll(new ActionRoutes(directory, surface, lock, power, poolRules, poolWork).routes());
        routes.addAll(new MaintenanceRoutes(directory, surface, timeline).routes());
    }

    public List<Route> routes() {
        return List.copyOf(routes);
    }

    /** The simulator's own endpoints about nodes. */
    public List<Route> ownRoutes() {
        return List.copyOf(ownRoutes);
    }

    /** How many machines Azure has. */
    public Capacity capacity() {
        return capacity;
    }

    /** Machines that are to boot late or never. */
    public Boots boots() {
        return boots;
    }

    /** Lets what Azure does without being asked begin: cluster autoscalers, and evictions of spot machines. */
    public void start() {
        autoscaling.start();
        evictions.start(meanSpotHours);
    }

    /** Makes clusters again from what was kept of them. Expects the lock of the subscription, which has its groups. */
    public void read(Subscription subscription, Collection<Entry> entries) {
        KeptModel.read(subscription, entries, clusterWork::dispose);
    }

    /** Takes up again what runs in a subscription, each cluster as soon as its API server is back. */
    public void resume(Subscription subscription) {
        List<ManagedCluster> clusters = subscription.locked(() -> subscription.groups().stream()
                .flatMap(group -> group.all(ManagedCluster.class).stream())
                .toList());
        for (ManagedCluster cluster : clusters) {
            keys.take(cluster.key());
            var serving = cluster.served()
                    ? found(cluster).thenAccept(access -> subscription.locked(() -> cluster.access(access)))
                    : CompletableFuture.completedFuture(null);
            var _ = serving.whenComplete((done, failure) -> {
                if (failure != null) {
                    LOG.error("the API server of {} did not come back", cluster.id(), failure);
                }
                subscription.locked(() -> runner.resume(cluster));
            });
        }
    }

    /** What was stopped stays so over a restart. */
    private CompletionStage<Access> found(ManagedCluster cluster) {
        return cluster.halted() ? backend.stoppedCluster(cluster.key()) : backend.continueCluster(cluster.key());
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
