package dev.fleetwright.controllers.machinepool;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolStatus;
import dev.fleetwright.azure.credential.IdentityAccess;
import dev.fleetwright.controllers.azureaccess.ClusterReader;
import dev.fleetwright.controllers.azureaccess.Paces;
import dev.fleetwright.controllers.azureaccess.Turns;
import dev.fleetwright.controllers.fleet.Fleet;
import dev.fleetwright.controllers.fleet.Workload;
import dev.fleetwright.core.event.EventRecorder;
import dev.fleetwright.core.reconcile.Controller;
import dev.fleetwright.core.reconcile.Trigger;
import dev.fleetwright.core.status.StatusShape;

/** Wires the controller of agent pools. */
public final class MachinePoolController {
    private static final StatusShape<MachinePoolStatus> SHAPE = StatusShape.of(
            MachinePoolStatus::empty,
            MachinePoolStatus::withObservedGeneration,
            MachinePoolStatus::withConditions,
            MachinePoolStatus::withLastErrors);

    private MachinePoolController() {}

    public static Controller<MachinePool, MachinePoolStatus> of(
            Fleet fleet,
            IdentityAccess connections,
            ClusterReader reader,
            Turns turns,
            Workload workload,
            EventRecorder events,
            Paces paces,
            Trigger trigger) {
        var observer = new PoolObserver(fleet, connections, reader, workload);
        var actions = new PoolActions(fleet, observer, turns, events);
        var report = new PoolReport(paces);
        return Controller.of(MachinePool.class, SHAPE)
                .loop(new PoolLoop(observer, PoolPlan::decide, actions, report))
                .cleanup(new PoolLoop(observer, PoolFarewell::decide, actions, report))
                .trigger(trigger)
                .resync(paces.drift())
                .build();
    }
}
