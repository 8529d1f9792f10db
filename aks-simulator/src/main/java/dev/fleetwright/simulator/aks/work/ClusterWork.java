package dev.fleetwright.simulator.aks.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.ClusterDocuments;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.aks.rules.PropertyRules;
import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.arm.Operation;
import dev.fleetwright.simulator.arm.SimpleResources;
import dev.fleetwright.simulator.backend.ClusterBackend.Access;
import dev.fleetwright.simulator.behaviour.Behaviours;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.time.Durations.Work;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Operations on a managed cluster. The methods that begin one expect the subscription's lock. */
public final class ClusterWork {
    private static final String CREATE = "create managed cluster";
    private static final String UPDATE = "update managed cluster";
    private static final String UPGRADE = "upgrade managed cluster";
    private static final String DELETE = "delete managed cluster";
    private static final String ABORT = "abort managed cluster";
    private static final List<String> TERMINAL = List.of("Succeeded", "Failed", "Canceled");

    private static final ArmError PREEMPTED = new ArmError(
            "AKSOperationPreemptedByDelete", "The operation was preempted by a deletion of the managed cluster.");

    private final Workshop workshop;
    private final PoolWork pools;
    private final OperationRunner runner;
    private final BackgroundWork background;

    public ClusterWork(Workshop workshop, PoolWork pools, Behaviours behaviours, OperationRunner runner) {
        this.workshop = workshop;
        this.pools = pools;
        this.runner = runner;
        this.background = new BackgroundWork(workshop, behaviours, runner);
        runner.define(CREATE, new Creation());
        runner.define(UPDATE, new Update(Work.CONTROL_PLANE_UPDATE));
        runner.define(UPGRADE, new Update(Work.CONTROL_PLANE_UPGRADE));
        runner.define(DELETE, new Deletion());
        runner.define(ABORT, new Abortion());
    }

    public Operation create(ManagedCluster cluster) {
        Operation operation = begin(cluster, CREATE, "Creating", "Creating", Json.object());
        operation.progress("ProvisioningControlPlane");
        return operation;
    }

    private final class Creation implements Task {
        @Override
        public CompletionStage<Void> work(Job job) {
            return controlPlane(job, Work.CONTROL_PLANE_CREATE).thenCompose(_ -> {
                workshop.requireRunning(job);
                List<AgentPool> first = job.locked(job.cluster()::pools);
                return Workshop.all(first.stream().map(pool -> pools.scaleSet(job, pool)));
            });
        }

        @Override
        public void settle(Job job, Optional<ArmError> error) {
            ManagedCluster cluster = job.cluster();
            ClusterWork.settle(cluster, error);
            cluster.settle();
            cluster.subscription()
                    .principalCreated(SimpleResources.objectIdOf(ClusterDocuments.kubeletIdentityId(cluster)));
            if (error.isEmpty()) {
                background.created(cluster);
            }
        }
    }

    /** Spends the time; makes the API server if there is none. It serves clients from then on, even if this fails. */
    private CompletionStage<Void> controlPlane(Job job, Work work) {
        ManagedCluster cluster = job.cluster();
        CompletionStage<Access> serving = workshop.access(job);
        CompletableFuture<Void> spent = workshop.spend(job, "control plane", work);
        return spent.exceptionally(_ -> null)
                .thenCombine(serving, (waited, access) -> access)
                .thenAccept(access -> job.locked(() -> cluster.access(access)))
                .thenCompose(_ -> spent);
    }

    /** Enters a change of the cluster's own settings. Expects the lock. */
    public static void prepare(ManagedCluster cluster, ObjectNode settings) {
        if (PropertyRules.reimagesAll(cluster.properties(), settings.path("properties"))) {
            cluster.pools().forEach(AgentPool::nextModel);
        }
        cluster.replaceSettings(settings);
    }

    /** Changes the cluster and, one after the other, pools; the version is the control plane's afterwards. */
    public Operation update(ManagedCluster cluster, String version, List<PoolWork.Change> changes) {
        ObjectNode parameters = Json.object().put("version", version);
        ObjectNode before = parameters.putObject("before");
        changes.forEach(change -> before.set(change.pool().name(), change.before()));
        boolean upgrade = !cluster.version().equals(version);
        return upgrade
                ? begin(cluster, UPGRADE, "Upgrading", "Updating", parameters)
                : begin(cluster, UPDATE, "Updating", "Updating", parameters);
    }

    private final class Update implements Task {
        private final Work controlPlane;

        Update(Work controlPlane) {
            this.controlPlane = controlPlane;
        }

        @Override
        public CompletionStage<Void> work(Job job) {
            ManagedCluster cluster = job.cluster();
            JsonNode parameters = job.operation().parameters();
            return controlPlane(job, controlPlane).thenCompose(_ -> {
                List<AgentPool> changed = job.locked(() -> {
                    cluster.version(parameters.path("version").asText());
                    return cluster.pools().stream()
                            .filter(pool -> parameters.path("before").has(pool.name()) || unreconciled(pool))
                            .toList();
                });
                CompletionStage<Void> applied = CompletableFuture.completedFuture(null);
                for (AgentPool pool : changed) {
                    JsonNode before = parameters.path("before").path(pool.name());
                    applied = applied.thenCompose(_ -> pools.apply(job, pool, before));
                }
                return applied;
            });
        }

        @Override
        public void settle(Job job, Optional<ArmError> error) {
            ClusterWork.settle(job.cluster(), error);
            if (error.isEmpty()) {
                background.updated(job.cluster());
            }
        }
    }

    /** What an operation that failed or was aborted has left undone is done by the next one on the cluster. */
    private static boolean unreconciled(AgentPool pool) {
        return pool.wanted() != pool.machines().size()
                || !pool.outdated().isEmpty()
                || pool.machines().stream().anyMatch(machine -> !machine.joined());
    }

    static void settle(ManagedCluster cluster, Optional<ArmError> error) {
        String state = error.isPresent() ? "Failed" : "Succeeded";
        cluster.state(state);
        cluster.error(error.orElse(null));
        cluster.pools().forEach(pool -> {
            if (error.isPresent()) {
                MachineWork.dropBooting(pool);
            }
            pool.state(state);
        });
        cluster.touch();
    }

    /** Deletes the cluster; whatever still runs on it is pre-empted. A second call joins the first. */
    public Operation delete(ManagedCluster cluster) {
        if (cluster.state().equals("Deleting")) {
            return cluster.running().orElseThrow();
        }
        cluster.running().ifPresent(running -> workshop.preempt(running, PREEMPTED));
        cluster.pools().forEach(pool -> pool.running().ifPresent(running -> workshop.preempt(running, PREEMPTED)));
        return begin(cluster, DELETE, "Deleting", "Deleting", Json.object());
    }

    private final class Deletion implements Task {
        @Override
        public CompletionStage<Void> work(Job job) {
            // not before the time is up: until then an abort leaves a cluster that works
            return workshop.spend(job, "delete", Work.CLUSTER_DELETE)
                    .thenCompose(_ -> workshop.backend().deleteCluster(job.key()));
        }

        @Override
        public void settle(Job job, Optional<ArmError> error) {
            ManagedCluster cluster = job.cluster();
            if (error.isPresent()) {
                ClusterWork.settle(cluster, error);
            } else {
                cluster.group().remove(cluster);
                cluster.subscription().removeRoleAssignmentsBelow(cluster.id());
            }
        }
    }

    /** The deletion that comes with the resource group's. */
    public CompletionStage<Void> dispose(ManagedCluster cluster) {
        return awaitEnd(cluster, delete(cluster));
    }

    private CompletionStage<Void> awaitEnd(ManagedCluster cluster, Operation operation) {
        boolean over = cluster.subscription().locked(() -> !operation.running());
        return over
                ? CompletableFuture.completedFuture(null)
                : workshop.timeline().after(Duration.ofSeconds(5)).thenCompose(_ -> awaitEnd(cluster, operation));
    }

    /** Ends what runs on the cluster: no rollback. */
    public Operation abort(ManagedCluster cluster, Operation running) {
        running.canceling();
        cluster.state("Canceling");
        return runner.begin(ABORT, cluster, Json.object().put("of", running.id()));
    }

    private final class Abortion implements Task {
        @Override
        public CompletionStage<Void> work(Job job) {
            return workshop.spend(job, "abort", Work.ABORT);
        }

        @Override
        public void settle(Job job, Optional<ArmError> error) {
            ManagedCluster cluster = job.cluster();
            String aborted = job.operation().parameters().path("of").asText();
            cluster.running().filter(running -> running.id().equals(aborted)).ifPresent(running -> {
                running.cancel(workshop.now());
                cluster.state("Canceled");
                cluster.pools().forEach(ClusterWork::cancel);
                cluster.settle();
                cluster.touch();
            });
        }
    }

    private static void cancel(AgentPool pool) {
        if (!TERMINAL.contains(pool.state())) {
            pool.state("Canceled");
            MachineWork.dropBooting(pool);
        }
    }

    /** A cluster operation flips its pools too (recorded). */
    private Operation begin(
            ManagedCluster cluster, String kind, String state, String poolState, ObjectNode parameters) {
        Operation operation = runner.begin(kind, cluster, parameters);
        cluster.running(operation);
        cluster.state(state);
        cluster.pools().forEach(pool -> pool.state(poolState));
        cluster.touch();
        return operation;
    }
}
