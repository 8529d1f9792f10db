package dev.fleetwright.companion.anchor;

import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.LocalRef;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.core.reconcile.ObjectKey;
import dev.fleetwright.core.reconcile.Watch;

/**
 * Looks up anchors in caches.
 *
 * @param controlPlanes filed under the {@link ObjectKey} of their Cluster
 */
public record Anchors(Watch<Cluster> clusters, Watch<ManagedControlPlane> controlPlanes) {

    public Anchor find(String namespace, LocalRef clusterRef) {
        var key = new ObjectKey(namespace, clusterRef.name());
        return new Anchor(
                clusterRef.name(),
                clusters.get(key),
                controlPlanes.lookup(key.toString()).stream().findFirst());
    }

    /** The Cluster of a control plane. */
    public static ObjectKey clusterOf(ManagedControlPlane plane) {
        return new ObjectKey(
                plane.getMetadata().getNamespace(), plane.getSpec().clusterRef().name());
    }
}
