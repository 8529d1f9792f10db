package dev.fleetwright.controllers.cluster;

import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.ClusterStatus;
import dev.fleetwright.controllers.azureaccess.Paces;
import dev.fleetwright.controllers.fleet.Fleet;
import dev.fleetwright.core.reconcile.Controller;
import dev.fleetwright.core.reconcile.Trigger;
import dev.fleetwright.core.status.StatusShape;

/** Wires the controller of Clusters. */
public final class ClusterController {
    private static final StatusShape<ClusterStatus> SHAPE = StatusShape.of(
            ClusterStatus::empty,
            ClusterStatus::withObservedGeneration,
            ClusterStatus::withConditions,
            ClusterStatus::withLastErrors);

    private ClusterController() {}

    public static Controller<Cluster, ClusterStatus> of(Fleet fleet, Paces paces, Trigger trigger) {
        var loop = new ClusterLoop(fleet, new ClusterReport(paces));
        return Controller.of(Cluster.class, SHAPE)
                .loop(loop)
                .cleanup(loop)
                .trigger(trigger)
                .resync(paces.drift())
                .build();
    }
}
