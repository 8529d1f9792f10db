package dev.fleetwright.controllers.machinepool;

import dev.fleetwright.api.v1alpha1.MachinePoolStatus;
import dev.fleetwright.api.v1alpha1.OperationRef;
import dev.fleetwright.core.condition.ConditionStatus;
import dev.fleetwright.core.condition.Conditions;

/** One word for people, in Cluster API's words; nothing reads it. Pure. */
final class PoolPhase {
    private PoolPhase() {}

    static String of(MachinePoolStatus status, Conditions conditions) {
        OperationRef operation = status.operation();
        String state = status.provisioningState();
        if (conditions.isTrue(Conditions.DELETING)) {
            return "Deleting";
        }
        if (conditions.is(PoolHealth.INFRASTRUCTURE_READY, ConditionStatus.FALSE)
                && ("Failed".equalsIgnoreCase(state) || "Canceled".equalsIgnoreCase(state))) {
            return "Failed";
        }
        if ((operation != null && operation.kind().equals("Create")) || "Creating".equalsIgnoreCase(state)) {
            return "Provisioning";
        }
        if ((operation != null && operation.kind().equals("Scale")) || "Scaling".equalsIgnoreCase(state)) {
            return "Scaling";
        }
        if (state == null) {
            return "Pending";
        }
        if (conditions.is(PoolHealth.NODES_OBSERVED, ConditionStatus.UNKNOWN)
                && conditions.is(Conditions.READY, ConditionStatus.UNKNOWN)) {
            return "Unknown";
        }
        return conditions.isTrue(Conditions.READY) ? "Running" : "Provisioned";
    }
}
