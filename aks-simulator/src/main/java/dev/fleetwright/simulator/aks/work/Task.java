package dev.fleetwright.simulator.aks.work;

import dev.fleetwright.simulator.arm.ArmError;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One kind of long-running operation: what it does, and what becomes of the state at its end. */
public interface Task {
    /**
     * Does what is left to do. It looks at the cluster, its pools and machines, and at the operation's parameters and steps,
     * and at nothing else: after a restart it is called again and must repeat nothing. Runs without the lock. A stage that
     * fails with {@link Workshop.WorkFailed} makes the operation fail with that error.
     */
    CompletionStage<Void> work(Job job);

    /** Adjusts the state at the operation's own end, under the lock. Not called when it was aborted or pre-empted. */
    void settle(Job job, Optional<ArmError> error);
}
