package dev.fleetwright.nodepool.plan;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.Nodepool;
import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is known when it is decided what to do about a Nodepool.
 *
 * @param clusterFound the Cluster exists
 * @param clusterGoing the Cluster is being deleted
 * @param pools every MachinePool of this Nodepool, those being deleted included
 * @param replacements every record of this Nodepool
 * @param takenNames names of all AKS agent pools of the cluster
 */
public record NodepoolSituation(
        Nodepool nodepool,
        boolean clusterFound,
        boolean clusterGoing,
        boolean paused,
        @Nullable ManagedControlPlane controlPlane,
        List<MachinePool> pools,
        List<NodepoolReplacement> replacements,
        Set<String> takenNames) {
    public NodepoolSituation {
        pools = List.copyOf(pools);
        replacements = List.copyOf(replacements);
        takenNames = Set.copyOf(takenNames);
    }

    /** Pools that are not being deleted. */
    public List<MachinePool> livePools() {
        return pools.stream().filter(pool -> !PoolState.deleting(pool)).toList();
    }

    /** The record that is not finished; the newest, should there be more than one. */
    public Optional<NodepoolReplacement> running() {
        return replacements.stream().filter(r -> !Records.finished(r)).max(Records.BY_NUMBER);
    }

    /** The record that ended last. */
    public Optional<NodepoolReplacement> lastFinished() {
        return replacements.stream().filter(Records::finished).max(Records.BY_NUMBER);
    }

    /** How many pools were made for this Nodepool so far, also when the status that counts them was lost. */
    public long generation() {
        long counted = Optional.ofNullable(nodepool.getStatus())
                .map(status -> status.templateGeneration())
                .orElse(0L);
        long seen = Math.max(
                pools.stream().mapToLong(PoolState::generation).max().orElse(0),
                replacements.stream().mapToLong(PoolState::generation).max().orElse(0));
        return Math.max(counted, seen);
    }
}
