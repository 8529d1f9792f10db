package dev.fleetwright.simulator.aks.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.Machine;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.aks.rules.PoolRules.Admitted;
import dev.fleetwright.simulator.aks.rules.PropertyRules;
import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.arm.Operation;
import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.behaviour.Behaviours;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.time.Durations;
import dev.fleetwright.simulator.time.Durations.Work;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Operations on one agent pool. The methods that begin one expect the subscription's lock. */
public final class PoolWork {
    private static final String CREATE = "create agentpool";
    private static final String UPDATE = "update agentpool";
    private static final String DELETE = "delete agentpool";
    private static final String UPGRADE_IMAGE = "upgrade node image of agentpool";
    private static final String DELETE_MACHINES = "delete machines";
    private static final String ABORT = "abort agentpool";
    private static final String BEFORE = "before";
    private static final String IGNORE_BUDGETS = "ignoreBudgets";
    private static final String MACHINES = "machines";

    private final Workshop workshop;
    private final MachineWork machines;
    private final Behaviours behaviours;
    private final OperationRunner runner;

    public PoolWork(Workshop workshop, MachineWork machines, Behaviours behaviours, OperationRunner runner) {
        this.workshop = workshop;
        this.machines = machines;
        this.behaviours = behaviours;
        this.runner = runner;
        runner.define(CREATE, task(job -> scaleSet(job, job.pool())));
        runner.define(
                UPDATE,
                task(job -> apply(job, job.pool(), job.operation().parameters().path(BEFORE))));
        runner.define(UPGRADE_IMAGE, task(job -> apply(job, job.pool(), MissingNode.getInstance())));
        runner.define(DELETE_MACHINES, task(this::takeMachines));
        runner.define(DELETE, new Deletion());
        runner.define(ABORT, new Abortion());
    }

    public Operation create(ManagedCluster cluster, AgentPool pool) {
        return begin(cluster, pool, CREATE, "Creating", Json.object());
    }

    /** A new scale set with its first machines. */
    public CompletionStage<Void> scaleSet(Job job, AgentPool pool) {
        return workshop.spend(job, "scale set of " + pool.name(), Work.SCALE_SET_CREATE)
                .thenCompose(_ -> machines.scale(job, pool));
    }

    /** Makes every machine anew on a newer image; the pool tells of it in a state of its own. */
    public Operation upgradeNodeImage(ManagedCluster cluster, AgentPool pool, Admitted admitted) {
        prepare(pool, admitted);
        return begin(cluster, pool, UPGRADE_IMAGE, "UpgradingNodeImageVersion", Json.object());
    }

    public Operation update(ManagedCluster cluster, AgentPool pool, Admitted admitted) {
        Change change = prepare(pool, admitted);
        ObjectNode parameters = Json.object();
        parameters.set(BEFORE, change.before());
        return begin(cluster, pool, UPDATE, change.state(), parameters);
    }

    /**
     * A change of a pool that has been entered into its document and still has to reach its machines.
     *
     * @param state the provisioning state while that happens
     * @param before the properties that its nodes show until then
     */
    public record Change(AgentPool pool, String state, ObjectNode before) {}

    /** Enters the change. Expects the lock. */
    public static Change prepare(AgentPool pool, Admitted admitted) {
        boolean newVersion = !pool.version().equals(admitted.version());
        boolean reimage = PropertyRules.reimages(pool.properties(), admitted.properties());
        int machinesBefore = pool.wanted();
        ObjectNode before = pool.properties();
        pool.replaceProperties(admitted.properties());
        pool.version(admitted.version());
        if (newVersion || reimage) {
            pool.nextModel();
        }
        return new Change(pool, newVersion ? "Upgrading" : state(machinesBefore, pool, before), before);
    }

    private static String state(int machinesBefore, AgentPool pool, ObjectNode before) {
        String power = pool.property("powerState").path("code").asText();
        if (!power.equals(before.path("powerState").path("code").asText())) {
            return power.equals("Stopped") ? "Stopping" : "Starting";
        }
        return machinesBefore == pool.wanted() ? "Updating" : "Scaling";
    }

    /** Lets a change reach the machines: labels and taints, then their number, then those of an old model. */
    public CompletionStage<Void> apply(Job job, AgentPool pool, JsonNode before) {
        return workshop.spend(job, "update " + pool.name(), Work.POOL_UPDATE)
                .thenCompose(_ -> before instanceof ObjectNode properties
                        ? machines.relabel(job, pool, properties)
                        : CompletableFuture.completedFuture(null))
                .thenCompose(_ -> machines.scale(job, pool))
                .thenCompose(_ -> machines.roll(job, pool));
    }

    /** Drains everything at once within ten minutes, then takes the machines away. */
    public Operation delete(ManagedCluster cluster, AgentPool pool, boolean ignoreBudgets) {
        return begin(cluster, pool, DELETE, "Deleting", Json.object().put(IGNORE_BUDGETS, ignoreBudgets));
    }

    private final class Deletion implements Task {
        @Override
        public CompletionStage<Void> work(Job job) {
            AgentPool pool = job.pool();
            List<Machine> all = job.locked(pool::machines);
            boolean ignoreBudgets =
                    job.operation().parameters().path(IGNORE_BUDGETS).asBoolean();
            CompletionStage<Void> emptied = behaviours.on(Behaviour.POOL_DELETE_DRAINS)
                    ? machines.drain(job, all, Durations.POOL_DELETE_DRAIN_LIMIT, ignoreBudgets, "PodDrainFailure")
                    : CompletableFuture.completedFuture(null);
            return emptied.thenCompose(_ -> all.isEmpty()
                            ? workshop.spend(job, "delete " + pool.name(), Work.NODE_DELETE)
                            : machines.retire(job, pool, all))
                    .thenRun(() -> requireEmpty(job));
        }

        /** The pods that were driven out make the cluster autoscaler add nodes to the very pool (reported). */
        private void requireEmpty(Job job) {
            int left = job.locked(() -> job.pool().machines().size());
            if (left > 0) {
                throw new Workshop.WorkFailed(
                        "DeleteVMSSAgentPoolFailed",
                        "The cluster autoscaler added " + left + " nodes to agent pool "
                                + job.pool().name() + " while it was being deleted.");
            }
        }

        @Override
        public void settle(Job job, Optional<ArmError> error) {
            if (error.isPresent()) {
                PoolWork.this.settle(job, error);
            } else {
                job.cluster().remove(job.pool());
            }
            uncover(job.cluster());
        }
    }

    /** Takes single machines at once: no cordon, no drain (documented). */
    public Operation deleteMachines(ManagedCluster cluster, AgentPool pool, List<Machine> chosen) {
        ObjectNode parameters = Json.object();
        var names = parameters.putArray(MACHINES);
        chosen.forEach(machine -> names.add(machine.name()));
        Operation operation = begin(cluster, pool, DELETE_MACHINES, "Updating", parameters);
        pool.count(pool.count() - chosen.size());
        return operation;
    }

    private CompletionStage<Void> takeMachines(Job job) {
        List<Machine> chosen = job.locked(() -> job.pool().machines().stream()
                .filter(machine -> contains(job.operation().parameters().path(MACHINES), machine.name()))
                .toList());
        return machines.retire(job, job.pool(), chosen);
    }

    private static boolean contains(JsonNode names, String name) {
        for (JsonNode candidate : names) {
            if (candidate.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private Operation begin(ManagedCluster cluster, AgentPool pool, String kind, String state, ObjectNode parameters) {
        Operation operation = runner.begin(kind, cluster, pool, parameters);
        pool.running(operation);
        pool.state(state);
        pool.touch();
        if (behaviours.on(Behaviour.POOL_OPERATION_SHOWS_ON_CLUSTER)) {
            cluster.state("Updating");
        }
        return operation;
    }

    /** A task that leaves its pool Succeeded or Failed. */
    private Task task(Function<Job, CompletionStage<Void>> work) {
        return new Task() {
            @Override
            public CompletionStage<Void> work(Job job) {
                return work.apply(job);
            }

            @Override
            public void settle(Job job, Optional<ArmError> error) {
                PoolWork.this.settle(job, error);
                uncover(job.cluster());
            }
        };
    }

    private void settle(Job job, Optional<ArmError> error) {
        AgentPool pool = job.pool();
        if (error.isPresent()) {
            MachineWork.dropBooting(pool);
        }
        pool.state(error.isPresent() ? "Failed" : "Succeeded");
        pool.error(error.orElse(null));
        pool.touch();
    }

    /** The cluster no longer shows that one of its pools is busy. */
    private void uncover(ManagedCluster cluster) {
        if (behaviours.on(Behaviour.POOL_OPERATION_SHOWS_ON_CLUSTER)
                && cluster.running().isEmpty()) {
            cluster.state("Succeeded");
        }
    }

    /** Ends what runs on the pool: no rollback. */
    public Operation abort(ManagedCluster cluster, AgentPool pool, Operation running) {
        running.canceling();
        pool.state("Canceling");
        return runner.begin(ABORT, cluster, pool, Json.object().put("of", running.id()));
    }

    private final class Abortion implements Task {
        @Override
        public CompletionStage<Void> work(Job job) {
            return workshop.spend(job, "abort", Work.ABORT);
        }

        @Override
        public void settle(Job job, Optional<ArmError> error) {
            AgentPool pool = job.pool();
            String aborted = job.operation().parameters().path("of").asText();
            pool.running().filter(running -> running.id().equals(aborted)).ifPresent(running -> {
                running.cancel(workshop.now());
                pool.state("Canceled");
                MachineWork.dropBooting(pool);
                pool.count(pool.machines().size());
                pool.touch();
                uncover(job.cluster());
            });
        }
    }
}
