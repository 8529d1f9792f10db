package dev.fleetwright.controllers.controlplane;

import dev.fleetwright.api.v1alpha1.ManagedControlPlaneSpec;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneStatus;
import dev.fleetwright.azure.ManagedClusterState;
import dev.fleetwright.controllers.azureaccess.Paces;
import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.reconcile.Next;
import dev.fleetwright.core.reconcile.Report;
import java.time.Duration;
import java.time.Instant;

/** Whether a control plane can be used: its API server answers and its kubeconfig is stored. Pure. */
final class ControlPlaneHealth {
    static final String INITIALIZED = "ControlPlaneInitialized";
    static final String KUBECONFIG_READY = "KubeconfigReady";

    private static final String NO_LOCAL_ACCOUNT =
            "spec.disableLocalAccounts is true, and operators sign in to workload"
                    + " clusters with the local admin account only: nodes are not seen and not drained";

    private final Paces paces;

    ControlPlaneHealth(Paces paces) {
        this.paces = paces;
    }

    /** What was seen, whatever is done about it. */
    Conditions observed(
            Conditions before,
            ControlPlaneObservation seen,
            ManagedControlPlaneStatus status,
            ManagedControlPlaneSpec spec) {
        Conditions now = endpoint(kubeconfig(before, seen, spec), seen, status);
        if (seen.sight() instanceof ClusterSight.Seen(ManagedClusterState cluster)
                && cluster.provisioningState().failed()) {
            return now.setFalse(Conditions.READY, "AzureFailed", "the managed cluster is Failed");
        }
        return now;
    }

    /** For a managed cluster that is as the spec wants it: what is left is whether it answers. */
    Report<ManagedControlPlaneStatus> resting(
            ManagedControlPlaneStatus status, Conditions conditions, ControlPlaneObservation seen) {
        if (seen.kubeconfig() != KubeconfigSight.CURRENT) {
            String reason =
                    conditions.find(KUBECONFIG_READY).map(c -> c.getReason()).orElse("KubeconfigMissing");
            String message =
                    conditions.find(KUBECONFIG_READY).map(c -> c.getMessage()).orElse("");
            return ControlPlanePhase.report(status, conditions.stalled(reason, message), Next.done());
        }
        if (seen.answers()) {
            String version = "Kubernetes " + status.version();
            return ControlPlanePhase.report(status, conditions.ready("Healthy", version), Next.done());
        }
        String message = "the API server does not answer";
        if (!conditions.isTrue(INITIALIZED)) {
            return ControlPlanePhase.report(status, conditions.reconciling("WaitingForEndpoint", message), again());
        }
        Instant now = conditions.now();
        Instant patience = conditions.since(Conditions.AVAILABLE).orElse(now).plus(paces.unsettledNodes());
        if (conditions.isTrue(Conditions.READY) && now.isBefore(patience)) {
            Duration left = Duration.between(now, patience).plusSeconds(1);
            return ControlPlanePhase.report(
                    status, conditions.remove(Conditions.RECONCILING), Next.after(left, "endpoint"));
        }
        return ControlPlanePhase.report(
                status,
                conditions
                        .remove(Conditions.RECONCILING)
                        .remove(Conditions.STALLED)
                        .setFalse(Conditions.READY, "EndpointUnreachable", message),
                again());
    }

    private static Conditions kubeconfig(
            Conditions before, ControlPlaneObservation seen, ManagedControlPlaneSpec spec) {
        return switch (seen.kubeconfig()) {
            case CURRENT -> before.setTrue(KUBECONFIG_READY, "Current", "");
            case DUE -> before;
            case MISSING ->
                Boolean.TRUE.equals(spec.disableLocalAccounts())
                        ? before.setFalse(KUBECONFIG_READY, "LocalAccountsDisabled", NO_LOCAL_ACCOUNT)
                        : before.setFalse(KUBECONFIG_READY, "WaitingForControlPlane", "not fetched yet");
            case FOREIGN ->
                before.setFalse(
                        KUBECONFIG_READY,
                        "AlreadyExists",
                        "a Secret %s-kubeconfig exists that is not ours: rename or delete it"
                                .formatted(seen.anchor().name()));
        };
    }

    private static Conditions endpoint(
            Conditions before, ControlPlaneObservation seen, ManagedControlPlaneStatus status) {
        if (seen.answers()) {
            return before.setTrue(Conditions.AVAILABLE, "Available", "").setTrue(INITIALIZED, "Initialized", "");
        }
        if (seen.sight() instanceof ClusterSight.Absent) {
            String message = "there is no managed cluster";
            Conditions none = before.setFalse(Conditions.AVAILABLE, "NotCreated", message);
            return none.isTrue(INITIALIZED) ? none : none.setFalse(INITIALIZED, "WaitingForEndpoint", message);
        }
        if (status.initialization() == null) {
            return before.setFalse(INITIALIZED, "WaitingForEndpoint", "the API server has not answered yet");
        }
        return before.setFalse(Conditions.AVAILABLE, "EndpointUnreachable", "the API server does not answer");
    }

    private Next again() {
        return Next.after(paces.line(), "endpoint");
    }
}
