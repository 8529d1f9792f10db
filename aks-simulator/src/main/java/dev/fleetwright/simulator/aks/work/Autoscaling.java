package dev.fleetwright.simulator.aks.work;

import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.Machine;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.arm.Subscription;
import dev.fleetwright.simulator.arm.Subscriptions;
import dev.fleetwright.simulator.autoscaler.Autoscaler;
import dev.fleetwright.simulator.autoscaler.ClusterPicture;
import dev.fleetwright.simulator.autoscaler.Memory;
import dev.fleetwright.simulator.autoscaler.NodeGroup;
import dev.fleetwright.simulator.autoscaler.NodePicture;
import dev.fleetwright.simulator.autoscaler.Profile;
import dev.fleetwright.simulator.autoscaler.Resources;
import dev.fleetwright.simulator.autoscaler.Status;
import dev.fleetwright.simulator.autoscaler.Taint;
import dev.fleetwright.simulator.backend.ClusterBackend.NodeSpec;
import dev.fleetwright.simulator.backend.NodeCapacity;
import dev.fleetwright.simulator.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The cluster autoscalers of all clusters. They change machines beside all operations, as the real one does, which works on
 * the scale sets and not through ARM: no operation shows, and a pool's eTag stays. Idle without a backend that has pods.
 */
public final class Autoscaling {
    /** States in which AKS does not work on the pool's machines itself. A pool that is being deleted still scales. */
    private static final List<String> SCALABLE = List.of("Succeeded", "Failed", "Canceled", "Deleting");

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration LEAST_PAUSE = Duration.ofMillis(100);

    private final Subscriptions subscriptions;
    private final Workshop workshop;
    private final NodeSpecs specs;
    private final MachineWork machines;
    private final RandomGenerator random;
    private final AzureClock clock;
    private final Map<String, ClusterScaler> scalers = new ConcurrentHashMap<>();

    /** Does nothing yet. */
    public Autoscaling(
            Subscriptions subscriptions,
            Workshop workshop,
            NodeSpecs specs,
            MachineWork machines,
            RandomGenerator random) {
        this.subscriptions = subscriptions;
        this.workshop = workshop;
        this.specs = specs;
        this.machines = machines;
        this.random = random;
        this.clock = AzureClock.starting(workshop.timeline());
    }

    /** Begins to look at the clusters. */
    public void start() {
        if (workshop.backend().observable()) {
            look();
        }
    }

    private void look() {
        var scaled = new ArrayList<ManagedCluster>();
        for (Subscription subscription : subscriptions.all()) {
            scaled.addAll(subscription.locked(() -> subscription.groups().stream()
                    .flatMap(group -> group.all(ManagedCluster.class).stream())
                    .filter(cluster -> cluster.access().isPresent()
                            && !cluster.halted()
                            && cluster.pools().stream().anyMatch(Autoscaling::on))
                    .toList()));
        }
        leaveOffAllBut(scaled.stream().map(ManagedCluster::key).collect(Collectors.toSet()));
        scaled.forEach(this::scan);
        Timeline timeline = workshop.timeline();
        Duration pause = timeline.azureTime(LEAST_PAUSE);
        var _ = timeline.after(pause.compareTo(LOOK) > 0 ? pause : LOOK).thenRun(this::look);
    }

    private void leaveOffAllBut(Set<String> keys) {
        scalers.forEach((key, scaler) -> {
            if (!keys.contains(key)) {
                scaler.forget();
            }
        });
        scalers.keySet().retainAll(keys);
    }

    private static boolean on(AgentPool pool) {
        return pool.property("enableAutoScaling").asBoolean() && !pool.stopped();
    }

    private void scan(ManagedCluster cluster) {
        var scaler = scalers.computeIfAbsent(
                cluster.key(), _ -> new ClusterScaler(cluster, workshop, specs, machines, clock));
        Instant now = clock.now();
        Profile profile = cluster.subscription()
                .locked(() -> Profile.read(cluster.properties().path("autoScalerProfile")));
        if (scaler.begin(now, profile)) {
            var _ = workshop.backend()
                    .picture(cluster.key())
                    .thenCompose(picture -> scanned(scaler, cluster, picture, profile))
                    .whenComplete((_, failure) -> scaler.end(failure));
        }
    }

    private CompletionStage<Void> scanned(
            ClusterScaler scaler, ManagedCluster cluster, ClusterPicture seen, Profile profile) {
        var groups = cluster.subscription().locked(() -> groups(scaler, cluster, seen));
        ClusterPicture picture = scaler.without(seen);
        Instant now = clock.now();
        Autoscaler.Decision decision = decide(picture, groups, scaler.memory(), profile, now);
        scaler.act(decision);
        Status status = Status.of(picture, groups, decision, profile, now, name -> scaleSet(cluster, name));
        return workshop.backend().publish(cluster.key(), status);
    }

    private Autoscaler.Decision decide(
            ClusterPicture picture, List<NodeGroup> groups, Memory memory, Profile profile, Instant now) {
        synchronized (random) {
            return new Autoscaler(profile, random).decide(picture, groups, memory, now);
        }
    }

    /** What the autoscaler calls a pool. */
    private static String scaleSet(ManagedCluster cluster, String pool) {
        return cluster.subscription()
                .locked(() -> cluster.pool(pool).map(AgentPool::scaleSet).orElse(pool));
    }

    private List<NodeGroup> groups(ClusterScaler scaler, ManagedCluster cluster, ClusterPicture picture) {
        var nodes = picture.nodes().stream().map(NodePicture::name).collect(Collectors.toSet());
        var groups = new ArrayList<NodeGroup>();
        for (AgentPool pool : cluster.pools()) {
            if (on(pool)) {
                var machines = pool.machines();
                groups.add(new NodeGroup(
                        pool.name(),
                        pool.property("minCount").asInt(),
                        pool.property("maxCount").asInt(),
                        (int) machines.stream()
                                .filter(machine -> !scaler.leaving(machine.name()))
                                .count(),
                        machines.stream()
                                .filter(machine -> !machine.joined() || !nodes.contains(machine.name()))
                                .map(Machine::name)
                                .toList(),
                        SCALABLE.contains(pool.state()),
                        template(cluster, pool)));
            }
        }
        return groups;
    }

    private NodeGroup.Template template(ManagedCluster cluster, AgentPool pool) {
        NodeSpec spec = specs.of(cluster, pool, pool.prospect());
        var zones = new ArrayList<String>();
        pool.property("availabilityZones").forEach(zone -> zones.add(cluster.location() + "-" + zone.asText()));
        return new NodeGroup.Template(
                spec.labels(),
                spec.taints().stream()
                        .map(taint -> new Taint(taint.key(), taint.value(), taint.effect()))
                        .toList(),
                Resources.parse(NodeCapacity.allocatable(spec)),
                zones);
    }
}
