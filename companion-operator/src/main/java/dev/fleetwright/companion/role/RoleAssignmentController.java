package dev.fleetwright.companion.role;

import dev.fleetwright.api.v1alpha1.AzureRoleAssignment;
import dev.fleetwright.api.v1alpha1.AzureRoleAssignmentStatus;
import dev.fleetwright.azure.credential.IdentityAccess;
import dev.fleetwright.companion.anchor.Anchors;
import dev.fleetwright.core.reconcile.Controller;
import dev.fleetwright.core.reconcile.Trigger;
import dev.fleetwright.core.reconcile.Watch;
import dev.fleetwright.core.status.StatusShape;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;

/** Puts the controller of AzureRoleAssignment together. */
public final class RoleAssignmentController {
    private static final StatusShape<AzureRoleAssignmentStatus> SHAPE = StatusShape.of(
            AzureRoleAssignmentStatus::empty,
            AzureRoleAssignmentStatus::withObservedGeneration,
            AzureRoleAssignmentStatus::withConditions,
            AzureRoleAssignmentStatus::withLastErrors);

    private RoleAssignmentController() {}

    /**
     * The controller.
     *
     * @param siblings with {@link #index}
     * @param propagation how long Azure takes at most until a new assignment is in force everywhere
     */
    public static Controller<AzureRoleAssignment, AzureRoleAssignmentStatus> of(
            Anchors anchors,
            Watch<AzureRoleAssignment> siblings,
            IdentityAccess identities,
            KubernetesClient client,
            Duration propagation,
            Trigger trigger) {
        var reader = new RoleAssignmentReader(anchors, siblings, identities);
        return Controller.of(AzureRoleAssignment.class, SHAPE)
                .loop(new GrantLoop(reader, client, propagation))
                .cleanup(new RevokeLoop(reader))
                .trigger(trigger)
                .build();
    }

    /** How the cache of AzureRoleAssignments is filed: under the grant that each asks for. */
    public static List<String> index(AzureRoleAssignment object) {
        return Grants.tryOf(object.getSpec()).map(RoleAssignmentReader::fileUnder).stream()
                .toList();
    }
}
