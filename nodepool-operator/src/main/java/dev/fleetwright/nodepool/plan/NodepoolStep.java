package dev.fleetwright.nodepool.plan;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolSpec;
import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementSpec;

/** The one thing to do about a Nodepool now. */
public sealed interface NodepoolStep {
    /** Make a pool where there is none. */
    record CreatePool(PoolName name, long generation, MachinePoolSpec spec) implements NodepoolStep {}

    /** Change a pool in place. */
    record UpdatePool(MachinePool pool, MachinePoolSpec spec) implements NodepoolStep {}

    /**
     * Begin a record.
     *
     * @param number the last part of its name
     * @param generation of its target
     * @param wanted fingerprint of what is asked for
     */
    record Begin(long number, long generation, String wanted, NodepoolReplacementSpec spec) implements NodepoolStep {}

    /** End the running record: its target is not the pool that is wanted any more. */
    record Supersede(NodepoolReplacement running, String why) implements NodepoolStep {}

    /** Delete a pool without draining: its whole cluster goes. */
    record DropPool(MachinePool pool) implements NodepoolStep {}

    /** Delete a record that history does not keep. */
    record Forget(NodepoolReplacement record) implements NodepoolStep {}

    /** Nothing can be done now. */
    record Wait(String reason, String message) implements NodepoolStep {}

    /** A record runs and does the work. */
    record LeaveTo(NodepoolReplacement running) implements NodepoolStep {}

    /** As asked for. */
    record Steady(MachinePool pool) implements NodepoolStep {}

    /** Nothing is left of it. */
    record Gone() implements NodepoolStep {}
}
