package dev.fleetwright.controllers.cluster;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.Nodepool;
import dev.fleetwright.controllers.anchor.Anchor;
import java.util.List;
import java.util.Optional;

/** The parts of a Cluster as their objects stand. */
record ClusterObservation(
        Anchor anchor, Optional<ManagedControlPlane> controlPlane, List<MachinePool> pools, List<Nodepool> nodepools) {
    /** The pools that are meant to stay: one that is being replaced says nothing about the cluster. */
    List<MachinePool> stayingPools() {
        return pools.stream()
                .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }
}
