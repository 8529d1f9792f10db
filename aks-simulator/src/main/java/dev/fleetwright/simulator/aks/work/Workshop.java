package dev.fleetwright.simulator.aks.work;

import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.arm.Operation;
import dev.fleetwright.simulator.arm.OperationFaults;
import dev.fleetwright.simulator.backend.ClusterBackend;
import dev.fleetwright.simulator.backend.ClusterBackend.Access;
import dev.fleetwright.simulator.time.Durations;
import dev.fleetwright.simulator.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The tools of long-running work: waiting, and noticing that the operation has ended meanwhile. */
public record Workshop(Timeline timeline, Durations durations, ClusterBackend backend, OperationFaults faults) {

    /** Work that failed with an error for the operation's document. */
    public static final class WorkFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient ArmError error;

        public WorkFailed(String code, String message) {
            this(new ArmError(code, message));
        }

        WorkFailed(ArmError error) {
            super(error.message(), null, false, false);
            this.error = error;
        }

        ArmError error() {
            return error;
        }
    }

    /** The operation was aborted, pre-empted or has failed: the rest of its work is not done. */
    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Ended() {
            super("the operation has ended", null, false, false);
        }
    }

    /**
     * Waits for the time that this kind of work takes. The time is drawn when the step is first come to; after a restart
     * only what is left of it is waited for.
     *
     * @param step names this wait among those of the operation
     */
    public CompletableFuture<Void> spend(Job job, String step, Durations.Work work) {
        return until(job, job.locked(() -> job.operation().step(step, () -> soon(work))));
    }

    /** When a piece of work that begins now is done. */
    public Instant soon(Durations.Work work) {
        return in(durations.sample(work));
    }

    /** The moment that comes after a stretch of Azure time. */
    public Instant in(Duration azureTime) {
        return timeline.now().plus(timeline.scaled(azureTime));
    }

    /** What is left, in wall-clock time, of a limit in Azure time that began when this step was first come to. */
    public Duration left(Job job, String step, Duration limit) {
        Instant deadline = job.locked(() -> job.operation().step(step, () -> in(limit)));
        Duration left = Duration.between(timeline.now(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Waits; fails when the operation has ended by then, or with the error that was ordered for it. */
    public CompletableFuture<Void> until(Job job, Instant due) {
        return timeline.until(due)
                .thenCompose(_ -> faults.stuck(job.operation()))
                .thenRun(() -> {
                    requireRunning(job);
                    faults.take(job.operation()).ifPresent(ordered -> {
                        throw new WorkFailed(ordered);
                    });
                });
    }

    /** Whether the operation still runs, for those who ask again and again. */
    BooleanSupplier wanted(Job job) {
        return () -> job.locked(job.operation()::running);
    }

    /** Makes the API server of a cluster whose creation, or whose start, did not get that far. */
    public CompletionStage<Void> serve(Job job) {
        return access(job).thenAccept(access -> job.locked(() -> job.cluster().access(access)));
    }

    /** The way to the API server, which is made if there never was one, and started if it shall run. */
    CompletionStage<Access> access(Job job) {
        if (job.locked(job.cluster()::resuming)) {
            return backend.continueCluster(job.key())
                    .thenApply(access -> job.locked(() -> {
                        job.cluster().resumed(access);
                        return access;
                    }));
        }
        Optional<Access> present = job.locked(() -> job.cluster().access());
        if (present.isPresent()) {
            return CompletableFuture.completedFuture(present.get());
        }
        return job.cluster().served()
                // making another would lose what is in it
                ? CompletableFuture.failedStage(new IllegalStateException("the API server did not come back"))
                : backend.createCluster(job.key());
    }

    /** Leaves the work when its operation has ended. */
    public void requireRunning(Job job) {
        if (!job.locked(job.operation()::running)) {
            throw new Ended();
        }
    }

    /** Done when all are done. */
    public static CompletableFuture<Void> all(Stream<? extends CompletionStage<?>> parts) {
        return CompletableFuture.allOf(
                parts.map(CompletionStage::toCompletableFuture).toArray(CompletableFuture<?>[]::new));
    }

    Instant now() {
        return timeline.now();
    }

    /** Ends an operation for another one's sake, if it still runs. Expects the lock. */
    void preempt(Operation operation, ArmError why) {
        if (operation.running()) {
            operation.fail(why, now());
        }
    }
}
