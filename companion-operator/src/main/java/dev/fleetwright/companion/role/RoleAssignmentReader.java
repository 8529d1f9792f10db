package dev.fleetwright.companion.role;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.api.v1alpha1.AzureRoleAssignment;
import dev.fleetwright.api.v1alpha1.AzureRoleAssignmentStatus;
import dev.fleetwright.api.v1alpha1.IdentityRef;
import dev.fleetwright.azure.RoleAssignment;
import dev.fleetwright.azure.RoleAssignments;
import dev.fleetwright.azure.RoleGrant;
import dev.fleetwright.azure.credential.IdentityAccess;
import dev.fleetwright.companion.anchor.Anchor;
import dev.fleetwright.companion.anchor.Anchors;
import dev.fleetwright.companion.anchor.Stage;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import dev.fleetwright.core.reconcile.ObjectKey;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.core.reconcile.Watch;
import java.util.Optional;

/**
 * Observes: reads caches and, for an assignment that shall exist, Azure.
 *
 * @param siblings filed under the id of the assignment that they ask for
 */
record RoleAssignmentReader(Anchors anchors, Watch<AzureRoleAssignment> siblings, IdentityAccess identities) {

    /** For an object that lives. Azure is asked only when the answer matters: one GET. */
    RoleObservation living(Pass<AzureRoleAssignment, AzureRoleAssignmentStatus> pass) {
        var anchor = anchor(pass.resource());
        if (anchor.stage() != Stage.LIVING || anchor.pausedBy(pass.resource()).isPresent()) {
            return observation(pass, anchor, Optional.empty(), Optional.empty());
        }
        var grant = Grants.of(pass.resource().getSpec());
        // Also before the id is noted: nobody notes an intention to write with credentials that do not work.
        var found = azure(pass.resource(), grant.scope()).get(recorded(pass).orElseGet(grant::assignmentID));
        return observation(pass, anchor, Optional.of(grant), found);
    }

    /** For an object that is being deleted: caches alone, so that a deletion that has to wait costs no call. */
    RoleObservation deleted(Pass<AzureRoleAssignment, AzureRoleAssignmentStatus> pass) {
        return observation(
                pass, anchor(pass.resource()), Grants.tryOf(pass.resource().getSpec()), Optional.empty());
    }

    /** The way to Azure as the identity of the object's Cluster. */
    RoleAssignments azure(AzureRoleAssignment object, ArmId scope) {
        Anchor anchor = anchor(object);
        IdentityRef identity = anchor.identity()
                .orElseThrow(() -> FleetException.of(
                                ErrorCode.DEPENDENCY_MISSING,
                                anchor.missing() + ", so there is no identity to act with")
                        .withReason("IdentityUnknown"));
        return identities
                .connect(identity, object.getMetadata().getNamespace(), Grants.subscription(scope))
                .roleAssignments();
    }

    private Anchor anchor(AzureRoleAssignment object) {
        return anchors.find(
                object.getMetadata().getNamespace(), object.getSpec().clusterRef());
    }

    private RoleObservation observation(
            Pass<AzureRoleAssignment, AzureRoleAssignmentStatus> pass,
            Anchor anchor,
            Optional<RoleGrant> grant,
            Optional<RoleAssignment> found) {
        return new RoleObservation(
                anchor.stage(),
                anchor.missing(),
                anchor.pausedBy(pass.resource()),
                anchor.orphans(pass.resource()),
                grant,
                recorded(pass),
                found,
                grant.flatMap(wanted -> sharedWith(pass, wanted)));
    }

    private Optional<String> sharedWith(Pass<AzureRoleAssignment, AzureRoleAssignmentStatus> pass, RoleGrant grant) {
        return siblings.lookup(fileUnder(grant)).stream()
                .filter(other -> !other.getMetadata().getUid().equals(pass.uid()))
                .filter(other -> other.getMetadata().getDeletionTimestamp() == null)
                .map(other -> ObjectKey.of(other).toString())
                .sorted()
                .findFirst();
    }

    /** The key of the sibling index. */
    static String fileUnder(RoleGrant grant) {
        return grant.assignmentName().toString();
    }

    private static Optional<ArmId> recorded(Pass<AzureRoleAssignment, AzureRoleAssignmentStatus> pass) {
        return Optional.ofNullable(pass.status().id()).flatMap(ArmId::tryParse);
    }
}
