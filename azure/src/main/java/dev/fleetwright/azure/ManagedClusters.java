package dev.fleetwright.azure;

import dev.fleetwright.api.ArmId;
import java.util.List;
import java.util.Optional;

/** AKS managed clusters. In steady state read the inventory, not {@link #get}. */
public interface ManagedClusters {
    /** The cluster as it is now, or empty when Azure says that it (or its resource group) does not exist. */
    Optional<ManagedClusterState> get(ArmId cluster);

    /**
     * Creates the cluster with its first pools, only if there is none of that name.
     *
     * <p>{@code ERR_PRECONDITION_FAILED} when there is one: read it and look at its owner tag.
     *
     * @param pools at least one, with mode {@code System}
     */
    Submitted create(ArmId cluster, ManagedClusterSpec spec, List<AgentPoolSpec> pools);

    /**
     * Reads the cluster and writes back what was read, with only those owned fields changed that differ and can change,
     * on condition that nobody wrote in between. The pools are left out of the write: they are changed through {@link
     * AgentPools} alone, and a stale count must not travel here.
     *
     * @return empty when nothing differs, the last change did not fail, and so nothing was sent
     */
    Optional<Submitted> update(ArmId cluster, ManagedClusterSpec spec);

    /**
     * Deletes the cluster with all its pools. Accepted also when it is gone already.
     *
     * @param eTag the tag of the reading on which the decision rests; when the cluster changed since, {@code
     *     ERR_PRECONDITION_FAILED}
     */
    Submitted delete(ArmId cluster, Optional<String> eTag);

    /** Stops the operation that runs on the cluster; it ends as Canceled and is not rolled back. */
    Submitted abort(ArmId cluster);

    /** The admin kubeconfig file. A secret: it goes into the kubeconfig Secret and nowhere else. */
    byte[] adminKubeconfig(ArmId cluster);
}
