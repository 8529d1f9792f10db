package dev.fleetwright.controllers.identity;

import dev.fleetwright.api.v1alpha1.AzureClusterIdentity;
import dev.fleetwright.api.v1alpha1.AzureClusterIdentityStatus;
import dev.fleetwright.controllers.azureaccess.Paces;
import dev.fleetwright.controllers.fleet.Fleet;
import dev.fleetwright.core.reconcile.Controller;
import dev.fleetwright.core.reconcile.Trigger;
import dev.fleetwright.core.status.StatusShape;

/** Wires the keeper of identities. */
public final class IdentityController {
    private static final StatusShape<AzureClusterIdentityStatus> SHAPE = StatusShape.of(
            AzureClusterIdentityStatus::empty,
            AzureClusterIdentityStatus::withObservedGeneration,
            AzureClusterIdentityStatus::withConditions,
            AzureClusterIdentityStatus::withLastErrors);

    private IdentityController() {}

    public static Controller<AzureClusterIdentity, AzureClusterIdentityStatus> of(
            Fleet fleet, Paces paces, Trigger trigger) {
        var loop = new IdentityLoop(fleet, paces);
        return Controller.of(AzureClusterIdentity.class, SHAPE)
                .loop(loop)
                .cleanup(loop)
                .trigger(trigger)
                .resync(paces.drift())
                .build();
    }
}
