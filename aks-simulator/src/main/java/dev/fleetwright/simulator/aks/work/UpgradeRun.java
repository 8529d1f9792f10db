package dev.fleetwright.simulator.aks.work;

import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.Machine;
import dev.fleetwright.simulator.aks.rules.KubernetesVersions;
import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.backend.NodeChange;
import dev.fleetwright.simulator.upgrade.RollingUpgrade;
import dev.fleetwright.simulator.upgrade.SurgePlan;
import dev.fleetwright.simulator.upgrade.Undrainable;
import dev.fleetwright.simulator.upgrade.UpgradeNode;
import dev.fleetwright.simulator.upgrade.UpgradeNode.Mark;
import dev.fleetwright.simulator.upgrade.UpgradeStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** One upgrade of one pool in this process: asks for the next step, carries it out, and asks again when something ends. */
final class UpgradeRun {
    /** Where a node that could not be drained is marked under Cordon (published specification). */
    private static final String STATUS_LABEL = "kubernetes.azure.com/upgrade-status";

    private static final int SURGE_FALLS_BACK = 35;

    /** Spot machines get this much notice before they are made anew. */
    private static final Duration NOTICE = Duration.ofSeconds(30);

    private final Job job;
    private final AgentPool pool;
    private final Upgrades.Settings settings;
    private final RollingUpgrade upgrade;
    private final Workshop workshop;
    private final MachineWork machines;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    /** Names of machines that something is being done to. Guarded by the subscription's lock, as is what follows. */
    private final Set<String> underWay = new HashSet<>();

    private final Map<String, String> obstacles = new HashMap<>();

    private SurgePlan plan;

    UpgradeRun(
            Job job,
            AgentPool pool,
            Upgrades.Settings settings,
            RollingUpgrade upgrade,
            Workshop workshop,
            MachineWork machines) {
        this.job = job;
        this.pool = pool;
        this.settings = settings;
        this.plan = settings.plan();
        this.upgrade = upgrade;
        this.workshop = workshop;
        this.machines = machines;
    }

    /** Whether an earlier process may have left something to do on the machine. */
    static boolean unfinished(Machine machine) {
        return machine.surge() || machine.mark() == Mark.BUSY;
    }

    CompletionStage<Void> start() {
        advance();
        return end;
    }

    private void advance() {
        var work = new ArrayList<Runnable>();
        job.locked(() -> {
            if (!end.isDone() && job.operation().running()) {
                step(work);
            }
        });
        work.forEach(Runnable::run);
    }

    /** Enters the next step and notes what is to be done for it outside the lock. */
    private void step(List<Runnable> work) {
        takeUp(work);
        var nodes = pool.machines().stream().map(this::node).toList();
        switch (upgrade.next(nodes, plan)) {
            case UpgradeStep.AddSurge add -> addSurge(add.count(), work);
            case UpgradeStep.Replace replace -> {
                for (Machine machine : named(replace.nodes())) {
                    Machine busy = machine.marked(Mark.BUSY);
                    pool.put(busy);
                    launch(work, busy, this::replace);
                }
            }
            case UpgradeStep.RemoveSurge remove -> {
                for (Machine machine : named(remove.nodes())) {
                    if (!underWay.contains(machine.name())) {
                        launch(work, machine, this::remove);
                    }
                }
            }
            case UpgradeStep.Wait _ -> {}
            case UpgradeStep.Finish finish -> {
                finish(finish);
                work.add(this::conclude);
            }
        }
    }

    /** From 1.35 on an upgrade makes do with one surge node when it cannot have more (documented); before, it fails. */
    private void addSurge(int count, List<Runnable> work) {
        Optional<ArmError> shortage = machines.surgeShortage(job.cluster(), pool);
        for (int added = 0; added < count && shortage.isEmpty(); added++) {
            Machine machine = machines.order(job.cluster(), pool).asSurge();
            pool.put(machine);
            launch(work, machine, this::boot);
            shortage = added + 1 < count ? machines.surgeShortage(job.cluster(), pool) : shortage;
        }
        if (shortage.isPresent()) {
            long there = pool.machines().stream().filter(Machine::surge).count();
            if (there > 0 && KubernetesVersions.minor(job.cluster().version()) >= SURGE_FALLS_BACK) {
                plan = new SurgePlan(1, plan.unavailable());
            } else {
                var why = new Workshop.WorkFailed(shortage.get());
                work.add(() -> end.completeExceptionally(why));
            }
        }
    }

    private List<Machine> named(List<String> names) {
        return pool.machines().stream()
                .filter(machine -> names.contains(machine.name()))
                .toList();
    }

    private UpgradeNode node(Machine machine) {
        return new UpgradeNode(
                machine.name(), machine.surge(), machine.joined(), machine.model() >= pool.model(), machine.mark());
    }

    /** After a restart some machines are in the middle of something. */
    private void takeUp(List<Runnable> work) {
        for (Machine machine : pool.machines()) {
            if (!underWay.contains(machine.name())) {
                if (machine.mark() == Mark.BUSY) {
                    launch(work, machine, this::replace);
                } else if (machine.surge() && !machine.joined()) {
                    launch(work, machine, this::boot);
                }
            }
        }
    }

    private void launch(List<Runnable> work, Machine machine, Function<Machine, CompletionStage<Void>> what) {
        underWay.add(machine.name());
        work.add(() -> {
            var _ = what.apply(machine).whenComplete((_, failure) -> {
                job.locked(() -> underWay.remove(machine.name()));
                if (failure != null) {
                    end.completeExceptionally(failure);
                } else {
                    advance();
                }
            });
        });
    }

    private CompletionStage<Void> boot(Machine machine) {
        return machines.join(job, pool, machine)
                .thenCompose(_ -> tell(machine, "Surge", "Created a surge node " + machine.name(), false));
    }

    /** One old node: cordon and drain, soak, re-image, join. One that was re-imaged already has only to join. */
    private CompletionStage<Void> replace(Machine machine) {
        if (job.locked(() -> machine.model() >= pool.model())) {
            return machines.join(job, pool, machine);
        }
        return emptied(machine)
                .thenCompose(obstacle -> obstacle.isPresent()
                        ? blocked(machine, obstacle.get())
                        : soaked(machine).thenCompose(_ -> reimaged(machine)));
    }

    /** Empty, or what keeps the node from being empty. */
    private CompletionStage<Optional<String>> emptied(Machine machine) {
        if (settings.spot()) {
            return change(machine, new NodeChange.Cordon(true))
                    .thenCompose(_ -> tell(machine, "EvictionNotice", "The spot node is about to be re-imaged", true))
                    .thenCompose(_ -> wait("notice " + machine.name(), NOTICE))
                    .thenApply(_ -> Optional.empty());
        }
        return tell(machine, "Drain", "Draining node: " + machine.name(), false).thenCompose(_ -> drained(machine));
    }

    private CompletionStage<Optional<String>> drained(Machine machine) {
        Duration left = workshop.left(job, "drain " + machine.name(), settings.drainLimit());
        return workshop.backend().drain(job.key(), List.of(machine.name()), left, false, workshop.wanted(job));
    }

    private CompletionStage<Void> soaked(Machine machine) {
        return settings.soak().isZero()
                ? CompletableFuture.completedFuture(null)
                : wait("soak " + machine.name(), settings.soak());
    }

    private CompletionStage<Void> wait(String step, Duration time) {
        return workshop.until(job, job.locked(() -> job.operation().step(step, () -> workshop.in(time))));
    }

    private CompletionStage<Void> reimaged(Machine machine) {
        workshop.requireRunning(job);
        return workshop.backend().removeNode(job.key(), machine.name()).thenCompose(_ -> {
            Machine fresh = job.locked(() -> {
                Machine blank = machine.reimaged(pool.version(), pool.model(), machines.booted(job.cluster(), pool));
                pool.put(blank);
                return blank;
            });
            return machines.join(job, pool, fresh);
        });
    }

    /** By the pool's behaviour the node is opened again, or stays closed under a label. */
    private CompletionStage<Void> blocked(Machine machine, String obstacle) {
        workshop.requireRunning(job);
        NodeChange mark = settings.undrainable() == Undrainable.CORDON
                ? new NodeChange.Label(STATUS_LABEL, "Quarantined")
                : new NodeChange.Cordon(false);
        return change(machine, mark)
                .thenCompose(_ -> tell(machine, "Drain", "Failed to drain node: " + machine.name(), true))
                .thenRun(() -> job.locked(() -> {
                    obstacles.put(machine.name(), obstacle);
                    pool.put(machine.marked(Mark.BLOCKED));
                }));
    }

    /** A surge node that cannot be emptied stays, and the upgrade fails by it. */
    private CompletionStage<Void> remove(Machine machine) {
        return tell(machine, "RemovingSurgeNode", "Removing surge node: " + machine.name(), false)
                .thenCompose(_ -> drained(machine))
                .thenCompose(obstacle -> {
                    if (obstacle.isEmpty()) {
                        return machines.retire(job, pool, List.of(machine), "retire " + machine.name());
                    }
                    return change(machine, new NodeChange.Cordon(false))
                            .thenRun(() -> job.locked(() -> {
                                obstacles.put(machine.name(), obstacle.get());
                                pool.put(machine.asMember().marked(Mark.BLOCKED));
                                pool.count(pool.machines().size());
                            }));
                });
    }

    private CompletionStage<Void> change(Machine machine, NodeChange change) {
        return workshop.backend().change(job.key(), machine.name(), change);
    }

    private CompletionStage<Void> tell(Machine machine, String reason, String message, boolean warning) {
        return change(machine, new NodeChange.Event(reason, message, warning));
    }

    /** Surge nodes that stay become members of the pool, which is that much larger. Expects the lock. */
    private void finish(UpgradeStep.Finish finish) {
        for (Machine machine : pool.machines()) {
            if (machine.surge()) {
                pool.put(machine.asMember());
            }
        }
        if (finish.result() != UpgradeStep.Result.SUCCEEDED && settings.undrainable() == Undrainable.CORDON) {
            pool.count(pool.machines().size());
        }
        if (finish.result() == UpgradeStep.Result.CANCELED && job.subject().isPresent()) {
            job.operation().cancel(workshop.now());
            pool.state("Canceled");
            pool.touch();
        }
    }

    private void conclude() {
        List<Machine> blocked = job.locked(() -> pool.machines().stream()
                .filter(machine -> machine.mark() == Mark.BLOCKED)
                .toList());
        if (blocked.isEmpty()) {
            end.complete(null);
            return;
        }
        var why = new StringBuilder();
        for (Machine machine : blocked) {
            why.append("Drain node ")
                    .append(machine.name())
                    .append(" failed within ")
                    .append(settings.drainLimit().toMinutes())
                    .append("m0s: ")
                    .append(job.locked(() -> obstacles.getOrDefault(machine.name(), "it was blocked before")))
                    .append(". ");
        }
        end.completeExceptionally(new Workshop.WorkFailed(
                "UpgradeFailed", why + "See http://aka.ms/aks/debugdrainfailures for more details."));
    }
}
