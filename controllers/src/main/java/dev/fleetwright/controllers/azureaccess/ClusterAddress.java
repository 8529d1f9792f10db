package dev.fleetwright.controllers.azureaccess;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;

/** Where the managed cluster of a control plane is in Azure. */
public final class ClusterAddress {
    private ClusterAddress() {}

    /** Its id; the name is the object's unless the spec has another. */
    public static ArmId of(ManagedControlPlane controlPlane) {
        var spec = controlPlane.getSpec();
        String name = spec.name();
        return ArmId.managedCluster(
                spec.subscriptionID(),
                spec.resourceGroupName(),
                name == null || name.isEmpty() ? controlPlane.getMetadata().getName() : name);
    }
}
