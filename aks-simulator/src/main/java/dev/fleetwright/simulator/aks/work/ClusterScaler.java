package dev.fleetwright.simulator.aks.work;

import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.Machine;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.autoscaler.Action;
import dev.fleetwright.simulator.autoscaler.Autoscaler;
import dev.fleetwright.simulator.autoscaler.ClusterPicture;
import dev.fleetwright.simulator.autoscaler.Memory;
import dev.fleetwright.simulator.autoscaler.NodePicture;
import dev.fleetwright.simulator.autoscaler.Profile;
import dev.fleetwright.simulator.autoscaler.Status;
import dev.fleetwright.simulator.backend.ClusterBackend.NodeSpec;
import dev.fleetwright.simulator.backend.ClusterBackend.Taint;
import dev.fleetwright.simulator.backend.NodeChange;
import dev.fleetwright.simulator.time.Durations.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The autoscaler of one cluster: what it remembers, which is kept with the cluster, and its hands. */
final class ClusterScaler {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterScaler.class);

    private final ManagedCluster cluster;
    private final Workshop workshop;
    private final NodeSpecs specs;
    private final MachineWork machines;
    private final Set<String> leaving = ConcurrentHashMap.newKeySet();
    private final Set<String> joining = ConcurrentHashMap.newKeySet();
    private final AzureClock clock;
    private Instant next = Instant.MIN;
    private Instant scanned = Instant.MIN;
    private volatile Duration graceful = Duration.ofMinutes(10);
    private boolean busy;

    ClusterScaler(ManagedCluster cluster, Workshop workshop, NodeSpecs specs, MachineWork machines, AzureClock clock) {
        this.cluster = cluster;
        this.workshop = workshop;
        this.specs = specs;
        this.machines = machines;
        this.clock = clock;
    }

    /** Whether a scan is due; if so it has begun, and the next one is due an interval later. */
    synchronized boolean begin(Instant now, Profile profile) {
        if (busy || now.isBefore(next)) {
            return false;
        }
        graceful = profile.maxGraceful();
        busy = true;
        scanned = now;
        next = now.plus(profile.scanInterval());
        return true;
    }

    synchronized void end(Throwable failure) {
        busy = false;
        if (failure != null) {
            LOG.debug("the autoscaler of {} saw nothing", cluster.key(), failure);
        }
    }

    /** From earlier scans, those of an earlier process too. */
    Memory memory() {
        return cluster.subscription().locked(() -> cluster.scaling().on(clock::azure));
    }

    /** Nothing is written when nothing is new, or when the cluster is gone: it must not come back with the next process. */
    private void remember(UnaryOperator<Memory> change) {
        cluster.subscription().locked(() -> {
            Memory before = memory();
            Memory after = change.apply(before);
            if (!after.equals(before)
                    && cluster.group().all(ManagedCluster.class).contains(cluster)) {
                cluster.scaling(after.on(clock::wall));
            }
        });
    }

    /** For an autoscaler that is switched off: its pod goes, and what it knew. */
    void forget() {
        remember(_ -> Memory.NONE);
    }

    private synchronized Instant scanned() {
        return scanned;
    }

    boolean leaving(String node) {
        return leaving.contains(node);
    }

    /** The picture with nodes on their way out closed. */
    ClusterPicture without(ClusterPicture picture) {
        return new ClusterPicture(
                picture.nodes().stream()
                        .map(node -> leaving(node.name()) ? closed(node) : node)
                        .toList(),
                picture.pending(),
                picture.daemons(),
                picture.budgets(),
                picture.priorities());
    }

    private static NodePicture closed(NodePicture node) {
        return new NodePicture(
                node.name(),
                node.group(),
                node.labels(),
                node.taints(),
                node.allocatable(),
                node.ready(),
                node.unready(),
                true,
                node.kept(),
                node.pods());
    }

    void act(Autoscaler.Decision decision) {
        remember(_ -> decision.memory());
        takeUpJoining();
        for (Action action : decision.actions()) {
            switch (action) {
                case Action.Grow grow -> grow(grow);
                case Action.Shrink shrink -> shrink.nodes().forEach(node -> shrink(node, shrink.drain()));
                case Action.GiveUp giveUp -> remove(giveUp.machine());
            }
        }
    }

    private void grow(Action.Grow grow) {
        cluster.subscription()
                .locked(() -> cluster.pool(grow.group()).ifPresent(pool -> {
                    int added = 0;
                    while (added < grow.nodes()
                            && machines.shortage(cluster, pool).isEmpty()) {
                        machines.order(cluster, pool);
                        added++;
                    }
                    pool.count(pool.count() + added);
                    if (added < grow.nodes()) {
                        refused(grow.group());
                    }
                }));
        takeUpJoining();
    }

    /** A pool for which Azure has no machines is left alone for a while. */
    private void refused(String group) {
        Instant when = scanned();
        remember(memory -> memory.failed(group, when, when.plus(Autoscaler.BACK_OFF)));
    }

    /** Machines that boot while no operation is there to wait for them; after a restart too. */
    private void takeUpJoining() {
        record Arrival(AgentPool pool, Machine machine) {}
        var arrivals = cluster.subscription()
                .locked(() -> cluster.pools().stream()
                        .filter(pool -> pool.property("enableAutoScaling").asBoolean() && !pool.stopped())
                        .filter(pool -> pool.running().isEmpty() || pool.state().equals("Deleting"))
                        .filter(_ -> cluster.running().isEmpty())
                        .flatMap(pool -> pool.machines().stream()
                                .filter(machine -> !machine.joined())
                                .map(machine -> new Arrival(pool, machine)))
                        .filter(arrival -> joining.add(arrival.machine().name()))
                        .toList());
        arrivals.forEach(arrival -> join(arrival.pool(), arrival.machine()));
    }

    private void join(AgentPool pool, Machine machine) {
        var _ = workshop.timeline()
                .until(machine.bootedAt())
                .thenCompose(_ -> {
                    NodeSpec node = cluster.subscription().locked(() -> specs.of(cluster, pool, machine));
                    return workshop.backend().addNode(cluster.key(), node);
                })
                .thenCompose(_ -> cluster.subscription().locked(() -> MachineWork.entered(pool, machine))
                        ? CompletableFuture.completedFuture(null)
                        : workshop.backend().removeNode(cluster.key(), machine.name()))
                .whenComplete((_, _) -> joining.remove(machine.name()));
    }

    private void shrink(String node, boolean drain) {
        if (!leaving.add(node)) {
            return;
        }
        var taint = new Taint(Status.LEAVING, Long.toString(workshop.now().getEpochSecond()), "NoSchedule");
        var _ = change(node, new NodeChange.PutTaint(taint))
                .thenCompose(_ -> drain ? drained(node) : CompletableFuture.completedFuture(Optional.empty()))
                .thenCompose(obstacle -> obstacle.isEmpty() ? gone(node) : kept(node))
                .whenComplete((_, _) -> leaving.remove(node));
    }

    private CompletionStage<Optional<String>> drained(String node) {
        return workshop.backend()
                .drain(cluster.key(), List.of(node), workshop.timeline().scaled(graceful), false, () -> true);
    }

    private CompletionStage<Void> gone(String node) {
        return workshop.timeline()
                .after(workshop.durations().sample(Work.NODE_DELETE))
                .thenCompose(_ -> workshop.backend().removeNode(cluster.key(), node))
                .thenRun(() -> {
                    remove(node);
                    Instant when = scanned();
                    remember(memory -> memory.deleted(when));
                });
    }

    private CompletionStage<Void> kept(String node) {
        Instant when = scanned();
        remember(memory -> memory.failed("", when, when));
        return change(node, new NodeChange.DropTaint(Status.LEAVING))
                .thenCompose(_ -> change(node, new NodeChange.Cordon(false)));
    }

    private void remove(String name) {
        cluster.subscription().locked(() -> {
            for (AgentPool pool : cluster.pools()) {
                pool.machine(name).ifPresent(machine -> {
                    pool.remove(machine);
                    pool.count(pool.count() - 1);
                });
            }
        });
    }

    private CompletionStage<Void> change(String node, NodeChange change) {
        return workshop.backend().change(cluster.key(), node, change);
    }
}
