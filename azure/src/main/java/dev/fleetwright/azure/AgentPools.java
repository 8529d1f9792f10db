package dev.fleetwright.azure;

import dev.fleetwright.api.ArmId;
import java.util.List;
import java.util.Optional;

/** The agent pools of managed clusters. Pool reads cost from a small shared budget: prefer the inventory. */
public interface AgentPools {
    /** The pool, as it is now. */
    Presence<AgentPoolState> get(ArmId pool);

    /**
     * Creates the pool, only if there is none of that name.
     *
     * <p>{@code ERR_PRECONDITION_FAILED} when there is one: read it and look at its owner tag. {@code
     * ERR_INFRA_DEPENDENCIES} when the cluster does not exist.
     */
    Submitted create(ArmId pool, AgentPoolSpec spec);

    /**
     * Reads the pool and writes back what was read, with only those owned fields changed that differ and can change,
     * on condition that nobody wrote in between. The count of an autoscaled pool goes back as it was read.
     *
     * @return empty when nothing differs, the last change did not fail, and so nothing was sent
     */
    Optional<Submitted> update(ArmId pool, AgentPoolSpec spec);

    /**
     * Deletes the pool with its nodes, without waiting for pods: drain first. Accepted also when it is gone already.
     *
     * @param eTag the tag of the reading on which the decision rests; when the pool changed since, {@code
     *     ERR_PRECONDITION_FAILED}
     */
    Submitted delete(ArmId pool, Optional<String> eTag);

    /** Deletes these machines at once, with no cordon and no drain, and lowers the count. Names as {@link Machine#name}. */
    Submitted deleteMachines(ArmId pool, List<String> machineNames);

    /** The machines of the pool, all pages: complete for this pool, or an error. */
    List<Machine> machines(ArmId pool);

    /** Stops the operation that runs on the pool; it ends as Canceled and is not rolled back. */
    Submitted abort(ArmId pool);
}
