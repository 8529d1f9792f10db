package dev.fleetwright.simulator.aks.work;

import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.arm.Operation;
import dev.fleetwright.simulator.arm.OperationFaults;
import dev.fleetwright.simulator.backend.ClusterBackend;
import dev.fleetwright.simulator.time.Durations;
import dev.fleetwright.simulator.time.Timeline;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The tools of long-running work: waiting, noticing that the operation has ended meanwhile, concluding it. */
public record Workshop(Timeline timeline, Durations durations, ClusterBackend backend, OperationFaults faults) {

    /** Work that failed with an error for the operation's document. */
    public static final class WorkFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient ArmError error;

        WorkFailed(String code, String message) {
            this(new ArmError(code, message));
        }

        private WorkFailed(ArmError error) {
            super(error.message(), null, false, false);
            this.error = error;
        }
    }

    /** The operation was aborted, pre-empted or has failed: the rest of its work is not done. */
    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Ended() {
            super("the operation has ended", null, false, false);
        }
    }

    /** Waits for the time that this kind of work takes; fails when the operation has ended by then. */
    public CompletableFuture<Void> spend(ManagedCluster cluster, Operation operation, Durations.Work work) {
        return timeline.after(durations.sample(work)).thenRun(() -> {
            requireRunning(cluster, operation);
            faults.take(operation).ifPresent(ordered -> {
                throw new WorkFailed(ordered);
            });
        });
    }

    public void requireRunning(ManagedCluster cluster, Operation operation) {
        if (!cluster.subscription().locked(operation::running)) {
            throw new Ended();
        }
    }

    /** Ends the operation with its work and lets {@code settle} adjust the state, in one atomic step. */
    public void conclude(
            ManagedCluster cluster, Operation operation, CompletionStage<?> work, Consumer<Optional<ArmError>> settle) {
        var _ = work.whenComplete((result, failure) -> cluster.subscription().locked(() -> {
            if (!operation.running()) {
                return;
            }
            if (failure == null) {
                settle.accept(Optional.empty());
                operation.succeed(timeline.now());
            } else {
                ArmError error = error(failure);
                settle.accept(Optional.of(error));
                operation.fail(error, timeline.now());
            }
        }));
    }

    private static ArmError error(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof WorkFailed failed
                ? failed.error
                : new ArmError("InternalOperationError", "The simulator's backend failed: " + cause);
    }

    public static CompletableFuture<Void> all(Stream<? extends CompletionStage<?>> parts) {
        return CompletableFuture.allOf(
                parts.map(CompletionStage::toCompletableFuture).toArray(CompletableFuture<?>[]::new));
    }
}
