package dev.fleetwright.controllers.cluster;

import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.ClusterStatus;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolStatus;
import dev.fleetwright.controllers.azureaccess.Paces;
import dev.fleetwright.core.condition.ConditionStatus;
import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.reconcile.Next;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.core.reconcile.Report;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a pass over a Cluster says. Pure. */
final class ClusterReport {
    private final Paces paces;

    ClusterReport(Paces paces) {
        this.paces = paces;
    }

    Report<ClusterStatus> of(Pass<Cluster, ClusterStatus> pass, ClusterObservation seen, ClusterDecision decision) {
        boolean provisionedBefore = pass.status().initialization() != null;
        Conditions parts =
                new ClusterHealth(seen, provisionedBefore).of(pass.conditions().remove(Conditions.PAUSED));
        ClusterStatus status = facts(pass.status(), seen, parts);
        return switch (decision) {
            case ClusterDecision.Aggregate aggregate -> report(status, parts, Next.done());
            case ClusterDecision.Pause(String message) ->
                report(status, parts.setTrue(Conditions.PAUSED, "Paused", message), Next.done());
            case ClusterDecision.DeleteParts delete ->
                report(
                        status,
                        going(parts, "DeletingParts", "the parts of the cluster are being deleted"),
                        Next.after(Duration.ZERO, "parts"));
            case ClusterDecision.WaitForParts(String reason, String message) ->
                report(status, going(parts, reason, message), Next.after(paces.dependency(), reason));
            case ClusterDecision.Refuse(String reason, String message) ->
                report(
                        status,
                        parts.setTrue(Conditions.DELETING, reason, message).stalled(reason, message),
                        Next.done());
            case ClusterDecision.Leave leave -> report(status, parts, Next.cleaned());
        };
    }

    private static Conditions going(Conditions parts, String reason, String message) {
        return parts.setTrue(Conditions.DELETING, reason, message)
                .setFalse(Conditions.READY, "Deleting", message)
                .reconciling("Deleting", message);
    }

    private static ClusterStatus facts(ClusterStatus before, ClusterObservation seen, Conditions conditions) {
        ClusterStatus status = before.withNodes(nodes(seen));
        if (seen.controlPlane().isPresent()) {
            var controlPlane = seen.controlPlane().get();
            status = status.withLocation(controlPlane.getSpec().location());
            if (controlPlane.getStatus() != null) {
                status = status.withVersion(controlPlane.getStatus().version());
            }
        }
        return conditions.isTrue(Conditions.READY)
                ? status.withInitialization(new ClusterStatus.Initialization(true))
                : status;
    }

    private static @Nullable String nodes(ClusterObservation seen) {
        if (seen.stayingPools().isEmpty()) {
            return null;
        }
        int ready = 0;
        int wanted = 0;
        for (MachinePool pool : seen.stayingPools()) {
            ready += number(pool.getStatus(), MachinePoolStatus::readyReplicas);
            Integer replicas = pool.getSpec().replicas();
            wanted += replicas == null ? number(pool.getStatus(), MachinePoolStatus::replicas) : replicas;
        }
        return ready + "/" + wanted;
    }

    private static int number(
            @Nullable MachinePoolStatus status, Function<MachinePoolStatus, @Nullable Integer> field) {
        Integer value = status == null ? null : field.apply(status);
        return value == null ? 0 : value;
    }

    private static String phase(ClusterStatus status, Conditions conditions) {
        if (conditions.isTrue(Conditions.DELETING)) {
            return "Deleting";
        }
        if (conditions.is(Conditions.READY, ConditionStatus.UNKNOWN)) {
            return "Unknown";
        }
        if (status.initialization() != null) {
            return "Provisioned";
        }
        if (conditions.isTrue(Conditions.STALLED)) {
            return "Failed";
        }
        return conditions.isTrue(ClusterHealth.INFRASTRUCTURE_READY) ? "Provisioning" : "Pending";
    }

    private static Report<ClusterStatus> report(ClusterStatus status, Conditions conditions, Next next) {
        return new Report<>(status.withPhase(phase(status, conditions)), conditions, next);
    }
}
