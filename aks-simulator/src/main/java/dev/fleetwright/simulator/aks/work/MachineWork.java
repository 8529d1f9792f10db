package dev.fleetwright.simulator.aks.work;

import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.Machine;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.arm.Operation;
import dev.fleetwright.simulator.backend.ClusterBackend.NodeSpec;
import dev.fleetwright.simulator.time.Durations;
import dev.fleetwright.simulator.time.Durations.Work;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What happens to machines: they boot and join, are relabelled, drained, re-imaged and retired. */
public final class MachineWork {
    private final Workshop workshop;
    private final NodeSpecs specs;

    public MachineWork(Workshop workshop, NodeSpecs specs) {
        this.workshop = workshop;
        this.specs = specs;
    }

    /** Boots new machines side by side; completes when all have joined. Machines of an ended operation vanish. */
    public CompletionStage<Void> boot(ManagedCluster cluster, AgentPool pool, Operation operation, int howMany) {
        var machines = cluster.subscription().locked(() -> {
            progress(pool, operation);
            return IntStream.range(0, howMany)
                    .mapToObj(i -> pool.newMachine(cluster.nextNodeIp()))
                    .toList();
        });
        return Workshop.all(machines.stream().map(machine -> join(cluster, pool, operation, machine)));
    }

    private CompletionStage<Void> join(ManagedCluster cluster, AgentPool pool, Operation operation, Machine machine) {
        return workshop.spend(cluster, operation, Work.NODE_BOOT)
                .thenCompose(booted -> {
                    NodeSpec node = cluster.subscription().locked(() -> specs.of(cluster, pool, machine));
                    return workshop.backend().addNode(cluster.key(), node);
                })
                .whenComplete((joined, failure) -> cluster.subscription().locked(() -> {
                    if (failure != null) {
                        pool.remove(machine);
                    } else {
                        pool.put(machine.asJoined());
                        progress(pool, operation);
                    }
                }));
    }

    private static void progress(AgentPool pool, Operation operation) {
        var machines = pool.machines();
        long joined = machines.stream().filter(Machine::joined).count();
        operation.progress(
                "CreatingAgentPool: " + joined + "/" + Math.max(pool.count(), machines.size()) + " nodes completed");
    }

    /** Takes machines away, with their nodes and whatever runs there. */
    public CompletionStage<Void> retire(
            ManagedCluster cluster, AgentPool pool, Operation operation, List<Machine> machines) {
        if (machines.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return workshop.spend(cluster, operation, Work.NODE_DELETE)
                .thenCompose(waited -> Workshop.all(machines.stream()
                        .map(machine -> workshop.backend()
                                .removeNode(cluster.key(), machine.name())
                                .thenRun(() -> cluster.subscription().locked(() -> pool.remove(machine))))));
    }

    /** Empties machines within a limit in Azure time, or fails with what is in the way. */
    public CompletionStage<Void> drain(
            ManagedCluster cluster, List<Machine> machines, Duration limit, boolean ignoreBudgets, String errorCode) {
        var names = machines.stream().filter(Machine::joined).map(Machine::name).toList();
        if (names.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return workshop.backend()
                .drain(cluster.key(), names, workshop.timeline().scaled(limit), ignoreBudgets)
                .thenAccept(obstacle -> obstacle.ifPresent(why -> {
                    throw new Workshop.WorkFailed(
                            errorCode,
                            "Drain of " + String.join(", ", names) + " did not complete within " + limit.toMinutes()
                                    + "m0s: " + why);
                }));
    }

    /** Brings labels and taints of the pool's nodes in line with {@code after}; {@code before} tells what AKS owned. */
    public CompletionStage<Void> relabel(ManagedCluster cluster, AgentPool pool, Function<Machine, NodeSpec> before) {
        var changes = cluster.subscription()
                .locked(() -> pool.machines().stream()
                        .filter(Machine::joined)
                        .map(machine -> new Change(before.apply(machine), specs.of(cluster, pool, machine)))
                        .toList());
        return Workshop.all(changes.stream()
                .filter(change -> !change.before().equals(change.after()))
                .map(change -> workshop.backend().relabelNode(cluster.key(), change.before(), change.after())));
    }

    private record Change(NodeSpec before, NodeSpec after) {}

    /** The nodes as they are now, to be handed to {@link #relabel} after a change. */
    public Function<Machine, NodeSpec> remember(ManagedCluster cluster, AgentPool pool) {
        var now = new HashMap<String, NodeSpec>();
        pool.machines().forEach(machine -> now.put(machine.name(), specs.of(cluster, pool, machine)));
        return machine -> now.getOrDefault(machine.name(), specs.of(cluster, pool, machine));
    }

    /**
     * Makes every node anew with the pool's version, one after the other: cordon and drain, re-image, join. A simple roll
     * without surge.
     */
    public CompletionStage<Void> roll(ManagedCluster cluster, AgentPool pool, Operation operation) {
        CompletionStage<Void> rolled = CompletableFuture.completedFuture(null);
        var old = cluster.subscription().locked(pool::machines);
        for (Machine machine : old) {
            rolled = rolled.thenCompose(previous -> rollOne(cluster, pool, operation, machine));
        }
        return rolled;
    }

    private CompletionStage<Void> rollOne(
            ManagedCluster cluster, AgentPool pool, Operation operation, Machine machine) {
        workshop.requireRunning(cluster, operation);
        var minutes = cluster.subscription()
                .locked(() -> pool.property("upgradeSettings")
                        .path("drainTimeoutInMinutes")
                        .asLong(Durations.UPGRADE_DRAIN_LIMIT.toMinutes()));
        return drain(cluster, List.of(machine), Duration.ofMinutes(minutes), false, "UpgradeFailed")
                .exceptionallyCompose(failure -> workshop.backend()
                        .uncordon(cluster.key(), List.of(machine.name()))
                        .thenCompose(freed -> CompletableFuture.failedStage(failure)))
                .thenCompose(drained -> workshop.backend().removeNode(cluster.key(), machine.name()))
                .thenCompose(gone -> {
                    Machine fresh = cluster.subscription().locked(() -> {
                        Machine reimaged = machine.reimaged(pool.version());
                        pool.put(reimaged);
                        return reimaged;
                    });
                    return join(cluster, pool, operation, fresh);
                });
    }
}
