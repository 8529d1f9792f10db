package dev.fleetwright.simulator.aks.work;

import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.Machine;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.aks.rules.PoolRules.Admitted;
import dev.fleetwright.simulator.aks.rules.PropertyRules;
import dev.fleetwright.simulator.arm.Operation;
import dev.fleetwright.simulator.backend.ClusterBackend.NodeSpec;
import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.behaviour.Behaviours;
import dev.fleetwright.simulator.time.Durations;
import dev.fleetwright.simulator.time.Durations.Work;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Operations on one agent pool. The methods that begin one expect the subscription's lock. */
public final class PoolWork {
    private final Workshop workshop;
    private final MachineWork machines;
    private final Behaviours behaviours;

    public PoolWork(Workshop workshop, MachineWork machines, Behaviours behaviours) {
        this.workshop = workshop;
        this.machines = machines;
        this.behaviours = behaviours;
    }

    public Operation create(ManagedCluster cluster, AgentPool pool) {
        Operation operation = begin(cluster, pool, "create agentpool", "Creating");
        conclude(cluster, pool, operation, scaleSet(cluster, pool, operation));
        return operation;
    }

    /** A new scale set with its first machines. */
    public CompletionStage<Void> scaleSet(ManagedCluster cluster, AgentPool pool, Operation operation) {
        return workshop.spend(cluster, operation, Work.SCALE_SET_CREATE)
                .thenCompose(made -> machines.boot(
                        cluster, pool, operation, cluster.subscription().locked(() -> pool.count())));
    }

    public Operation update(ManagedCluster cluster, AgentPool pool, Admitted admitted) {
        Change change = prepare(cluster, pool, admitted);
        Operation operation = begin(cluster, pool, "update agentpool", change.state());
        conclude(cluster, pool, operation, apply(cluster, change, operation));
        return operation;
    }

    /**
     * A change of a pool that has been entered into its document and still has to reach its machines.
     *
     * @param state the provisioning state while that happens
     */
    public record Change(AgentPool pool, String state, Function<Machine, NodeSpec> before, boolean roll) {}

    /** Enters the change. Expects the lock. */
    public Change prepare(ManagedCluster cluster, AgentPool pool, Admitted admitted) {
        boolean newVersion = !pool.version().equals(admitted.version());
        boolean reimage = PropertyRules.POOL_REIMAGED.stream()
                .anyMatch(key -> !PropertyRules.same(
                        pool.property(key), admitted.properties().path(key)));
        boolean newCount = pool.count() != admitted.properties().path("count").asInt();
        Function<Machine, NodeSpec> before = machines.remember(cluster, pool);
        pool.replaceProperties(admitted.properties());
        pool.version(admitted.version());
        String state = newVersion ? "Upgrading" : newCount ? "Scaling" : "Updating";
        return new Change(pool, state, before, newVersion || reimage);
    }

    /** Lets the change reach the machines. */
    public CompletionStage<Void> apply(ManagedCluster cluster, Change change, Operation operation) {
        AgentPool pool = change.pool();
        return workshop.spend(cluster, operation, Work.POOL_UPDATE)
                .thenCompose(waited -> machines.relabel(cluster, pool, change.before()))
                .thenCompose(relabelled -> scale(cluster, pool, operation))
                .thenCompose(scaled -> change.roll()
                        ? machines.roll(cluster, pool, operation)
                        : CompletableFuture.completedFuture(null));
    }

    private CompletionStage<Void> scale(ManagedCluster cluster, AgentPool pool, Operation operation) {
        record Gap(int missing, List<Machine> surplus) {}
        Gap gap = cluster.subscription()
                .locked(() -> new Gap(pool.count() - pool.machines().size(), pool.surplus(pool.count())));
        return gap.missing() > 0
                ? machines.boot(cluster, pool, operation, gap.missing())
                : machines.retire(cluster, pool, operation, gap.surplus());
    }

    /** Drains everything at once within ten minutes, then takes the machines away. */
    public Operation delete(ManagedCluster cluster, AgentPool pool, boolean ignoreBudgets) {
        Operation operation = begin(cluster, pool, "delete agentpool", "Deleting");
        List<Machine> all = pool.machines();
        CompletionStage<Void> emptied = behaviours.on(Behaviour.POOL_DELETE_DRAINS)
                ? machines.drain(cluster, all, Durations.POOL_DELETE_DRAIN_LIMIT, ignoreBudgets, "PodDrainFailure")
                : CompletableFuture.completedFuture(null);
        var work = emptied.thenCompose(drained -> all.isEmpty()
                ? workshop.spend(cluster, operation, Work.NODE_DELETE)
                : machines.retire(cluster, pool, operation, all));
        workshop.conclude(cluster, operation, work, error -> {
            if (error.isPresent()) {
                pool.state("Failed");
                pool.error(error.get());
                pool.touch();
            } else {
                cluster.remove(pool);
            }
        });
        return operation;
    }

    /** Takes single machines at once: no cordon, no drain (documented). */
    public Operation deleteMachines(ManagedCluster cluster, AgentPool pool, List<Machine> chosen) {
        Operation operation = begin(cluster, pool, "delete machines", "Updating");
        pool.count(pool.count() - chosen.size());
        conclude(cluster, pool, operation, machines.retire(cluster, pool, operation, chosen));
        return operation;
    }

    private Operation begin(ManagedCluster cluster, AgentPool pool, String kind, String state) {
        Operation operation =
                cluster.subscription().begin(kind, cluster.id() + "/agentPools/" + pool.name(), cluster.location());
        pool.running(operation);
        pool.state(state);
        pool.touch();
        return operation;
    }

    private void conclude(ManagedCluster cluster, AgentPool pool, Operation operation, CompletionStage<Void> work) {
        workshop.conclude(cluster, operation, work, error -> {
            pool.state(error.isPresent() ? "Failed" : "Succeeded");
            pool.error(error.orElse(null));
            pool.touch();
        });
    }

    /** Ends what runs on the pool: no rollback. */
    public Operation abort(ManagedCluster cluster, AgentPool pool, Operation running) {
        running.progress("Canceling");
        pool.state("Canceling");
        Operation abort = cluster.subscription()
                .begin("abort agentpool", cluster.id() + "/agentPools/" + pool.name(), cluster.location());
        var _ = workshop.timeline()
                .after(workshop.durations().sample(Work.ABORT))
                .thenRun(() -> cluster.subscription().locked(() -> {
                    if (running.running()) {
                        running.cancel(workshop.timeline().now());
                        pool.state("Canceled");
                        pool.count(pool.machines().size());
                        pool.touch();
                    }
                    abort.succeed(workshop.timeline().now());
                }));
        return abort;
    }
}
