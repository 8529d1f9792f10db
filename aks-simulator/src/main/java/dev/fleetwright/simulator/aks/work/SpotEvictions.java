package dev.fleetwright.simulator.aks.work;

import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.Machine;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.arm.Subscription;
import dev.fleetwright.simulator.arm.Subscriptions;
import dev.fleetwright.simulator.backend.ClusterBackend.Taint;
import dev.fleetwright.simulator.backend.NodeChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Azure takes spot machines back: on demand, or each after a random time. The node is told half a minute before, AKS closes
 * it and begins to drain it (documented), then it is gone. No operation shows. The pool is one smaller, and only an
 * autoscaler brings it back.
 */
public final class SpotEvictions {
    private static final Duration NOTICE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final String TAINT = "remediator.kubernetes.azure.com/unschedulable";

    private final Subscriptions subscriptions;
    private final Workshop workshop;
    private final RandomGenerator random;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /** Evicts nobody yet. */
    public SpotEvictions(Subscriptions subscriptions, Workshop workshop, RandomGenerator random) {
        this.subscriptions = subscriptions;
        this.workshop = workshop;
        this.random = random;
    }

    private record Victim(ManagedCluster cluster, AgentPool pool, Machine machine) {}

    /**
     * From now on every spot machine is taken back sooner or later.
     *
     * @param meanHours Azure hours that a machine lasts on average; 0 is for ever
     */
    public void start(int meanHours) {
        if (meanHours > 0) {
            double chance =
                    (double) LOOK.toSeconds() / Duration.ofHours(meanHours).toSeconds();
            look(chance);
        }
    }

    private void look(double chance) {
        var victims = new ArrayList<Victim>();
        for (Subscription subscription : subscriptions.all()) {
            subscription.locked(() -> subscription.groups().stream()
                    .flatMap(group -> group.all(ManagedCluster.class).stream())
                    .forEach(cluster -> victims.addAll(unlucky(cluster, chance))));
        }
        victims.forEach(victim -> evict(victim.cluster(), victim.pool(), victim.machine()));
        var _ = workshop.timeline().after(LOOK).thenRun(() -> look(chance));
    }

    private List<Victim> unlucky(ManagedCluster cluster, double chance) {
        return cluster.pools().stream()
                .filter(SpotEvictions::spot)
                .flatMap(pool -> pool.machines().stream()
                        .filter(Machine::joined)
                        .filter(_ -> dice() < chance)
                        .map(machine -> new Victim(cluster, pool, machine)))
                .toList();
    }

    private double dice() {
        synchronized (random) {
            return random.nextDouble();
        }
    }

    /** Whether machines of the pool may be taken back. */
    public static boolean spot(AgentPool pool) {
        return pool.property("scaleSetPriority").asText().equals("Spot");
    }

    /** Takes one machine back: gives notice at once, and returns. */
    public void evict(ManagedCluster cluster, AgentPool pool, Machine machine) {
        if (!underWay.add(cluster.key() + "/" + machine.name())) {
            return;
        }
        var notice = new NodeChange.Condition(
                "VMEventScheduled", true, "VMEventScheduled", "Preempt Scheduled: the spot machine is taken back");
        var draining = change(cluster, machine, notice)
                .thenCompose(_ -> change(cluster, machine, new NodeChange.PutTaint(new Taint(TAINT, "", "NoSchedule"))))
                .thenCompose(_ -> workshop.backend()
                        .drain(
                                cluster.key(),
                                List.of(machine.name()),
                                workshop.timeline().scaled(NOTICE),
                                false,
                                () -> true));
        var _ = workshop.timeline()
                .after(NOTICE)
                .thenCombine(draining.exceptionally(_ -> Optional.empty()), (_, _) -> true)
                .thenCompose(_ -> taken(cluster, pool, machine))
                .whenComplete((_, _) -> underWay.remove(cluster.key() + "/" + machine.name()));
    }

    /** Deleted, or kept as a machine that does not run, by the pool's eviction policy. */
    private CompletionStage<Void> taken(ManagedCluster cluster, AgentPool pool, Machine machine) {
        if (pool.property("scaleSetEvictionPolicy").asText().equals("Deallocate")) {
            return change(cluster, machine, new NodeChange.Kubelet(false));
        }
        boolean removed = cluster.subscription().locked(() -> {
            boolean there = pool.machine(machine.instance()).isPresent();
            if (there) {
                pool.remove(machine);
                pool.count(pool.count() - 1);
            }
            return there;
        });
        return removed
                ? workshop.backend().removeNode(cluster.key(), machine.name())
                : CompletableFuture.completedFuture(null);
    }

    private CompletionStage<Void> change(ManagedCluster cluster, Machine machine, NodeChange change) {
        return workshop.backend().change(cluster.key(), machine.name(), change);
    }
}
