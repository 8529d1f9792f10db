package dev.fleetwright.simulator.aks.work;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.Machine;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.backend.ClusterBackend.NodeSpec;
import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.behaviour.Behaviours;
import dev.fleetwright.simulator.time.Durations.Work;
import dev.fleetwright.simulator.upgrade.UpgradeNode.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What happens to machines: they boot and join, are relabelled, drained, re-imaged and retired. */
public final class MachineWork {
    /** For so long a node may take to register before the operation fails; no figure is published. */
    private static final Duration PROVISION = Duration.ofMinutes(25);

    private static final Duration ALLOCATION_PAUSE = Duration.ofMinutes(1);

    private final Workshop workshop;
    private final NodeSpecs specs;
    private final Boots boots;
    private final Capacity capacity;
    private final Upgrades upgrades;

    public MachineWork(Workshop workshop, NodeSpecs specs, Boots boots, Capacity capacity, Behaviours behaviours) {
        this.workshop = workshop;
        this.specs = specs;
        this.boots = boots;
        this.capacity = capacity;
        this.upgrades = new Upgrades(
                workshop, this, behaviours.text(Behaviour.UNDRAINABLE_SCHEDULE).equals("stop"));
    }

    /** A new machine, which boots. Expects the lock. */
    Machine order(ManagedCluster cluster, AgentPool pool) {
        return pool.newMachine(cluster.nextNodeIp(), booted(cluster, pool));
    }

    /** When a machine that is switched on now has booted. Expects the lock. */
    Instant booted(ManagedCluster cluster, AgentPool pool) {
        Duration late = boots.take(cluster.id() + "/agentPools/" + pool.name());
        return workshop.soon(Work.NODE_BOOT).plus(workshop.timeline().scaled(late));
    }

    /** What is in the way of one more machine. Expects the lock. */
    Optional<ArmError> shortage(ManagedCluster cluster, AgentPool pool) {
        return capacity.shortage(cluster, pool);
    }

    /** What is in the way of one more surge machine. Expects the lock. */
    Optional<ArmError> surgeShortage(ManagedCluster cluster, AgentPool pool) {
        return capacity.surgeShortage(cluster, pool);
    }

    /** Makes the machines that the pool's count lacks, lets all that boot join, and takes away those that are too many. */
    public CompletionStage<Void> scale(Job job, AgentPool pool) {
        record Gap(List<Machine> booting, List<Machine> surplus, Optional<ArmError> shortage) {}
        Gap gap = job.locked(() -> {
            Optional<ArmError> shortage = Optional.empty();
            for (int missing = pool.wanted() - pool.members().size(); missing > 0 && shortage.isEmpty(); missing--) {
                shortage = shortage(job.cluster(), pool);
                if (shortage.isEmpty()) {
                    order(job.cluster(), pool);
                }
            }
            List<Machine> surplus = pool.surplus(pool.wanted());
            List<Machine> booting = pool.members().stream()
                    .filter(machine -> !machine.joined() && machine.mark() == Mark.NONE)
                    .filter(machine -> !surplus.contains(machine))
                    .toList();
            if (!booting.isEmpty()) {
                progress(job, pool);
            }
            return new Gap(booting, surplus, shortage);
        });
        CompletionStage<Void> serving =
                gap.booting().isEmpty() ? CompletableFuture.completedFuture(null) : workshop.serve(job);
        return serving.thenCompose(_ -> Workshop.all(gap.booting().stream().map(machine -> join(job, pool, machine))))
                .thenCompose(_ -> retire(job, pool, gap.surplus()))
                .thenCompose(_ -> gap.shortage().isEmpty()
                        ? CompletableFuture.completedFuture(null)
                        : scaleLater(job, pool, gap.shortage().get()));
    }

    /** Azure tries for long to get the rest of a pool (reported: over an hour), and holds everything up meanwhile. */
    private CompletionStage<Void> scaleLater(Job job, AgentPool pool, ArmError shortage) {
        Instant end = job.locked(
                () -> job.operation().step("allocation for " + pool.name(), () -> workshop.in(capacity.patience())));
        if (!workshop.now().isBefore(end)) {
            return CompletableFuture.failedStage(new Workshop.WorkFailed(shortage));
        }
        Instant again = workshop.in(ALLOCATION_PAUSE);
        return workshop.until(job, again.isBefore(end) ? again : end).thenCompose(_ -> scale(job, pool));
    }

    /** The machine boots and its node joins, unless the machine is gone by then. */
    CompletionStage<Void> join(Job job, AgentPool pool, Machine machine) {
        return booted(job, machine)
                .thenCompose(_ -> {
                    NodeSpec node = job.locked(() -> specs.of(job.cluster(), pool, machine));
                    return workshop.backend().addNode(job.key(), node);
                })
                .thenCompose(_ -> job.locked(() -> {
                            boolean in = entered(pool, machine);
                            progress(job, pool);
                            return in;
                        })
                        ? CompletableFuture.completedFuture(null)
                        : workshop.backend().removeNode(job.key(), machine.name()));
    }

    /** Waits for the machine; fails when it is plain that it will not come. */
    private CompletionStage<Void> booted(Job job, Machine machine) {
        if (Duration.between(workshop.now(), machine.bootedAt())
                        .compareTo(workshop.timeline().scaled(Boots.NEVER).dividedBy(2))
                < 0) {
            return workshop.until(job, machine.bootedAt());
        }
        Instant limit =
                job.locked(() -> job.operation().step("provision " + machine.name(), () -> workshop.in(PROVISION)));
        return workshop.until(job, limit).thenRun(() -> {
            throw new Workshop.WorkFailed(
                    "VMExtensionProvisioningTimeout",
                    "Provisioning of VM extension 'vmssCSE' on " + machine.name()
                            + " has timed out: the node did not register with the API server.");
        });
    }

    /** Notes that the node has joined; false when its machine is no longer wanted. Expects the lock. */
    static boolean entered(AgentPool pool, Machine machine) {
        boolean wanted = pool.machine(machine.instance()).equals(Optional.of(machine));
        if (wanted) {
            pool.put(machine.asJoined());
        }
        return wanted;
    }

    private static void progress(Job job, AgentPool pool) {
        var machines = pool.machines();
        long joined = machines.stream().filter(Machine::joined).count();
        job.operation()
                .progress("CreatingAgentPool: " + joined + "/" + Math.max(pool.count(), machines.size())
                        + " nodes completed");
    }

    /** Takes machines away, with their nodes and whatever runs there. Those that are gone already are left out. */
    public CompletionStage<Void> retire(Job job, AgentPool pool, List<Machine> machines) {
        return machines.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : retire(job, pool, machines, "retire machines of " + pool.name());
    }

    /** The same under another name of the step, for one operation that takes machines away more than once. */
    CompletionStage<Void> retire(Job job, AgentPool pool, List<Machine> machines, String step) {
        return workshop.spend(job, step, Work.NODE_DELETE)
                .thenCompose(_ -> Workshop.all(machines.stream()
                        .map(machine -> workshop.backend()
                                .removeNode(job.key(), machine.name())
                                .thenRun(() -> job.locked(() -> pool.remove(machine))))));
    }

    /** Empties machines within a limit in Azure time, or fails with what is in the way. */
    public CompletionStage<Void> drain(
            Job job, List<Machine> machines, Duration limit, boolean ignoreBudgets, String errorCode) {
        var names = machines.stream().filter(Machine::joined).map(Machine::name).toList();
        if (names.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        String what = "drain " + names.getFirst();
        return workshop.backend()
                .drain(job.key(), names, workshop.left(job, what, limit), ignoreBudgets, workshop.wanted(job))
                .thenAccept(obstacle -> obstacle.ifPresent(why -> {
                    throw new Workshop.WorkFailed(
                            errorCode,
                            "Drain of " + String.join(", ", names) + " did not complete within " + limit.toMinutes()
                                    + "m0s: " + why);
                }));
    }

    /** Brings labels and taints in line with the pool; its former properties tell which of a node's AKS owned. */
    public CompletionStage<Void> relabel(Job job, AgentPool pool, ObjectNode before) {
        record Change(NodeSpec before, NodeSpec after) {}
        var changes = job.locked(() -> pool.machines().stream()
                .filter(Machine::joined)
                .map(machine -> new Change(
                        specs.of(job.cluster(), pool, before, machine), specs.of(job.cluster(), pool, machine)))
                .toList());
        return Workshop.all(changes.stream()
                .filter(change -> !change.before().equals(change.after()))
                .map(change -> workshop.backend().relabelNode(job.key(), change.before(), change.after())));
    }

    /** Makes every machine anew that is not of the pool's model, by the pool's upgrade settings. */
    public CompletionStage<Void> roll(Job job, AgentPool pool) {
        return upgrades.roll(job, pool);
    }

    /** The same without surge nodes. */
    CompletionStage<Void> rollInPlace(Job job, AgentPool pool) {
        return upgrades.rollInPlace(job, pool);
    }

    /** Machines that have not joined vanish with the operation that made them; its buffers stay. Expects the lock. */
    static void dropBooting(AgentPool pool) {
        for (Machine machine : pool.machines()) {
            if (!machine.joined()) {
                pool.remove(machine);
            } else if (machine.surge()) {
                pool.put(machine.asMember());
            }
        }
    }
}
