package dev.fleetwright.controllers.controlplane;

import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneStatus;
import dev.fleetwright.azure.credential.IdentityAccess;
import dev.fleetwright.controllers.azureaccess.ClusterReader;
import dev.fleetwright.controllers.azureaccess.Paces;
import dev.fleetwright.controllers.azureaccess.Turns;
import dev.fleetwright.controllers.fleet.Fleet;
import dev.fleetwright.controllers.fleet.Owners;
import dev.fleetwright.controllers.fleet.Workload;
import dev.fleetwright.core.event.EventRecorder;
import dev.fleetwright.core.reconcile.Controller;
import dev.fleetwright.core.reconcile.Trigger;
import dev.fleetwright.core.status.StatusShape;

/** Wires the controller of control planes. */
public final class ControlPlaneController {
    private static final StatusShape<ManagedControlPlaneStatus> SHAPE = StatusShape.of(
            ManagedControlPlaneStatus::empty,
            ManagedControlPlaneStatus::withObservedGeneration,
            ManagedControlPlaneStatus::withConditions,
            ManagedControlPlaneStatus::withLastErrors);

    private ControlPlaneController() {}

    public static Controller<ManagedControlPlane, ManagedControlPlaneStatus> of(
            Fleet fleet,
            IdentityAccess connections,
            ClusterReader reader,
            Turns turns,
            Workload workload,
            EventRecorder events,
            Paces paces,
            Trigger trigger) {
        var kubeconfigs = new KubeconfigSecrets(fleet);
        var observer = new ControlPlaneObserver(fleet, connections, reader, workload, kubeconfigs);
        var actions = new ControlPlaneActions(observer, kubeconfigs, turns, new Owners(fleet.client()), events);
        var report = new ControlPlaneReport(paces);
        return Controller.of(ManagedControlPlane.class, SHAPE)
                .loop(new ControlPlaneLoop(observer, ControlPlanePlan::decide, actions, report))
                .cleanup(new ControlPlaneLoop(observer, ControlPlaneFarewell::decide, actions, report))
                .trigger(trigger)
                .resync(paces.drift())
                .build();
    }
}
