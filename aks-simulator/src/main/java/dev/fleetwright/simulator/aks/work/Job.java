package dev.fleetwright.simulator.aks.work;

import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.arm.Operation;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A long-running operation with what it works on.
 *
 * @param subject the pool of an operation on a pool; empty for one on the cluster
 */
public record Job(Operation operation, ManagedCluster cluster, Optional<AgentPool> subject) {
    /** The pool of an operation on a pool; asking another for it is a defect. */
    public AgentPool pool() {
        return subject.orElseThrow();
    }

    /** Runs something short under the lock of the subscription. */
    public <T> T locked(Supplier<T> work) {
        return cluster.subscription().locked(work);
    }

    /** Runs something short under the lock of the subscription. */
    public void locked(Runnable work) {
        cluster.subscription().locked(work);
    }

    /** What the backend calls the cluster. */
    public String key() {
        return cluster.key();
    }
}
