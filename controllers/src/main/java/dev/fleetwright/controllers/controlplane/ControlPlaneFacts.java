package dev.fleetwright.controllers.controlplane;

import dev.fleetwright.api.v1alpha1.KubeletIdentity;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneStatus;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneStatus.Initialization;
import dev.fleetwright.api.v1alpha1.OperationRef;
import dev.fleetwright.azure.ManagedClusterState;
import dev.fleetwright.azure.OperationStatus;
import org.jspecify.annotations.Nullable;

/** The part of a control plane's status that is plain fact. Pure. */
final class ControlPlaneFacts {
    private static final int LONGEST_MESSAGE = 256;

    private ControlPlaneFacts() {}

    /** @param uid of the object */
    static ManagedControlPlaneStatus observed(
            ManagedControlPlaneStatus before, ControlPlaneObservation seen, String uid) {
        ManagedControlPlaneStatus status = before.withOperation(operation(before.operation(), seen));
        status = switch (seen.sight()) {
            case ClusterSight.NotLooked nothing -> status;
            case ClusterSight.Absent absent ->
                status.withProvisioningState(null).withETag(null);
            case ClusterSight.Seen(ManagedClusterState cluster) -> present(status, cluster);
        };
        if (seen.group() instanceof GroupSight.Seen group) {
            status = status.withResourceGroupOwned(group.madeBy(uid));
        }
        return seen.answers() ? status.withInitialization(new Initialization(true)) : status;
    }

    private static ManagedControlPlaneStatus present(ManagedControlPlaneStatus before, ManagedClusterState cluster) {
        ManagedControlPlaneStatus status = before.withId(cluster.id().toString())
                .withProvisioningState(cluster.provisioningState().value())
                .withVersion(cluster.currentVersion().or(cluster::version).orElse(null))
                .withETag(cluster.eTag().orElse(null));
        // What comes into being once is kept: a reading without it is a reading taken too early.
        if (cluster.fqdn().isPresent()) {
            status = status.withEndpoint("https://" + cluster.fqdn().get() + ":443");
        }
        if (cluster.nodeResourceGroup().isPresent()) {
            status = status.withNodeResourceGroup(cluster.nodeResourceGroup().get());
        }
        if (cluster.oidcIssuerURL().isPresent()) {
            status = status.withOidcIssuerURL(cluster.oidcIssuerURL().get());
        }
        return cluster.kubeletIdentityObjectID().isPresent()
                ? status.withKubeletIdentity(new KubeletIdentity(
                        null, null, cluster.kubeletIdentityObjectID().get()))
                : status;
    }

    /** Kept while it runs; one without a URL as long as Azure shows something running. */
    private static @Nullable OperationRef operation(@Nullable OperationRef before, ControlPlaneObservation seen) {
        if (before == null) {
            return null;
        }
        if (seen.operation().orElse(null) instanceof OperationStatus.InProgress(String text, var retryAfter)) {
            String bounded = text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE);
            return new OperationRef(
                    before.kind(),
                    before.url(),
                    before.startedAt(),
                    before.generation(),
                    before.correlationID(),
                    bounded.isEmpty() ? null : bounded);
        }
        boolean running = seen.sight() instanceof ClusterSight.Seen(ManagedClusterState cluster)
                && !cluster.provisioningState().terminal();
        boolean unknown = seen.sight() instanceof ClusterSight.NotLooked
                && seen.operation().isEmpty();
        return running || unknown ? before : null;
    }
}
