package dev.fleetwright.nodepool.replacement;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolSpec;
import dev.fleetwright.nodepool.drain.PodView;
import dev.fleetwright.nodepool.eviction.EvictionAnswer;
import dev.fleetwright.nodepool.node.NodeView;
import java.util.List;
import java.util.Optional;

/**
 * What a step can do to the world. Both ports speak to an API server itself, never to a cache. Failures are
 * {@link dev.fleetwright.core.error.FleetException}s, or what the client throws.
 */
public interface Actions {
    /** The management cluster. */
    interface Fleet {
        /** Makes a pool of this name, or finds the one it made before; any other pool of the name is an error. */
        void createPool(String name, long generation, MachinePoolSpec spec);

        /** Replaces the spec, unless the pool changed since it was read. */
        void updatePool(MachinePool read, MachinePoolSpec spec);

        /** The pool as it is now. */
        Optional<MachinePool> pool(String name);

        /** Deletes exactly the object that was read: same uid, same resourceVersion. */
        void deletePool(MachinePool read);
    }

    /** The workload cluster. */
    interface Cluster {
        EvictionAnswer evict(PodView pod);

        /** Deletes the pod of this uid past its budgets. */
        EvictionAnswer delete(PodView pod, int graceSeconds);

        /** The pod of this name as it is now, whichever uid it has. */
        Optional<PodView> pod(String namespace, String name);

        List<PodView> podsOn(String node);

        /** Every node whose label names this agent pool. */
        List<NodeView> nodesOf(String agentPool);

        /** Puts our marks on exactly this node; false when it has them, or is gone: then nothing was written. */
        boolean mark(NodeView node, String replacementUid);

        /** Takes our marks off exactly this node; false when it has none, or is gone: then nothing was written. */
        boolean unmark(NodeView node);
    }
}
