package dev.fleetwright.nodepool.node;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which machines belong to one MachinePool: the only place that binds a node to a pool.
 *
 * <p>A node belongs to a pool when its label names the pool's agent pool <em>and</em> its full ARM id is one of the
 * machines that Azure lists for the pool. Neither alone is enough: names come back after a pool was deleted, and instance
 * numbers repeat from pool to pool (kubernetes-sigs/cluster-api issue 4526).
 *
 * @param pool name of the MachinePool object
 * @param agentPool name of the AKS agent pool
 * @param machines full ids of the machines, as Azure lists them
 */
public record PoolMachines(String pool, String agentPool, Set<ArmId> machines) {
    public PoolMachines {
        machines = Set.copyOf(machines);
    }

    /** The machines that the status of a MachinePool lists. Text that is no ARM id matches nothing. */
    public static PoolMachines of(MachinePool pool) {
        List<String> ids = Optional.ofNullable(pool.getStatus())
                .map(MachinePoolStatus::providerIDList)
                .orElse(List.of());
        return new PoolMachines(
                pool.getMetadata().getName(),
                pool.getSpec().name(),
                ids.stream().map(ArmId::tryParse).flatMap(Optional::stream).collect(Collectors.toSet()));
    }

    /** True when label and full id agree that the node is one of this pool. */
    public boolean owns(NodeView node) {
        return claimedBy(node)
                && ArmId.tryParse(node.providerID()).filter(machines::contains).isPresent();
    }

    /** True when the node's label names this pool, whether or not Azure lists the machine yet. */
    public boolean claimedBy(NodeView node) {
        return agentPool.equals(node.agentPool());
    }
}
