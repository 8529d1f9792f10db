package dev.fleetwright.controllers.controlplane;

import dev.fleetwright.api.v1alpha1.ManagedControlPlaneStatus;
import dev.fleetwright.api.v1alpha1.OperationRef;
import dev.fleetwright.core.condition.ConditionStatus;
import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.reconcile.Next;
import dev.fleetwright.core.reconcile.Report;

/** One word for people; nothing reads it. Pure. */
final class ControlPlanePhase {
    private ControlPlanePhase() {}

    static String of(ManagedControlPlaneStatus status, Conditions conditions) {
        OperationRef operation = status.operation();
        String state = status.provisioningState();
        if (conditions.isTrue(Conditions.DELETING)) {
            return "Deleting";
        }
        if ("Failed".equalsIgnoreCase(state) || "Canceled".equalsIgnoreCase(state)) {
            return "Failed";
        }
        if (operation != null) {
            return switch (operation.kind()) {
                case "Create" -> "Provisioning";
                case "Upgrade" -> "Upgrading";
                default -> "Updating";
            };
        }
        if (state == null) {
            return status.initialization() == null ? "Pending" : "Failed";
        }
        if ("Creating".equalsIgnoreCase(state)) {
            return "Provisioning";
        }
        if (conditions.is(Conditions.READY, ConditionStatus.UNKNOWN)) {
            return "Unknown";
        }
        return status.initialization() == null ? "Provisioning" : "Provisioned";
    }

    /** A report with the phase that fits it. */
    static Report<ManagedControlPlaneStatus> report(
            ManagedControlPlaneStatus status, Conditions conditions, Next next) {
        return new Report<>(status.withPhase(of(status, conditions)), conditions, next);
    }
}
