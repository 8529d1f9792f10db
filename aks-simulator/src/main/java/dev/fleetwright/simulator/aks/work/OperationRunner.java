package dev.fleetwright.simulator.aks.work;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.arm.Operation;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Begins long-running operations, runs their tasks, concludes them; takes them up again after a restart. */
public final class OperationRunner {
    private final Map<String, Task> tasks = new HashMap<>();
    private final Supplier<Instant> clock;

    /** Knows no task yet. */
    public OperationRunner(Supplier<Instant> clock) {
        this.clock = clock;
    }

    /** Says what operations of a kind do. Every kind is defined once, before anything begins. */
    public void define(String kind, Task task) {
        if (tasks.put(kind, task) != null) {
            throw new IllegalStateException("two tasks for " + kind);
        }
    }

    /** Accepts an operation on a cluster; its work begins when the lock is free. Expects the lock. */
    public Operation begin(String kind, ManagedCluster cluster, ObjectNode parameters) {
        Operation operation = cluster.subscription().begin(kind, cluster.id(), cluster.location(), parameters);
        start(new Job(operation, cluster, Optional.empty()));
        return operation;
    }

    /** Accepts an operation on a pool; its work begins when the lock is free. Expects the lock. */
    public Operation begin(String kind, ManagedCluster cluster, AgentPool pool, ObjectNode parameters) {
        Operation operation =
                cluster.subscription().begin(kind, subject(cluster, pool), cluster.location(), parameters);
        start(new Job(operation, cluster, Optional.of(pool)));
        return operation;
    }

    private static String subject(ManagedCluster cluster, AgentPool pool) {
        return cluster.id() + "/agentPools/" + pool.name();
    }

    /** Takes up again whatever runs on the cluster and its pools. Expects the lock. */
    public void resume(ManagedCluster cluster) {
        for (Operation operation : cluster.subscription().operations()) {
            if (operation.running() && operation.subject().equals(cluster.id())) {
                start(new Job(operation, cluster, Optional.empty()));
            }
            for (AgentPool pool : cluster.pools()) {
                if (operation.running() && operation.subject().equals(subject(cluster, pool))) {
                    start(new Job(operation, cluster, Optional.of(pool)));
                }
            }
        }
    }

    private void start(Job job) {
        Task task = tasks.get(job.operation().kind());
        if (task == null) {
            throw new IllegalStateException("no task for " + job.operation().kind());
        }
        job.cluster().subscription().afterwards(() -> {
            var _ = begun(task, job)
                    .whenComplete(
                            (done, failure) -> job.locked(() -> conclude(task, job, Optional.ofNullable(failure))));
        });
    }

    private static CompletionStage<Void> begun(Task task, Job job) {
        try {
            return task.work(job);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void conclude(Task task, Job job, Optional<Throwable> failure) {
        Operation operation = job.operation();
        if (!operation.running()) {
            return;
        }
        Optional<ArmError> error = failure.map(OperationRunner::error);
        task.settle(job, error);
        error.ifPresentOrElse(why -> operation.fail(why, clock.get()), () -> operation.succeed(clock.get()));
    }

    private static ArmError error(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof Workshop.WorkFailed failed
                ? failed.error()
                : new ArmError("InternalOperationError", "The simulator's backend failed: " + cause);
    }
}
