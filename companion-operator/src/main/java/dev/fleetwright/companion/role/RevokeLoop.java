package dev.fleetwright.companion.role;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.api.v1alpha1.AzureRoleAssignment;
import dev.fleetwright.api.v1alpha1.AzureRoleAssignmentStatus;
import dev.fleetwright.azure.RoleAssignments;
import dev.fleetwright.companion.anchor.Anchor;
import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import dev.fleetwright.core.reconcile.Loop;
import dev.fleetwright.core.reconcile.Next;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.core.reconcile.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** AzureRoleAssignments that are being deleted. */
final class RevokeLoop
        implements Loop<AzureRoleAssignment, AzureRoleAssignmentStatus, RoleObservation, RoleRemoval, Optional<ArmId>> {
    private static final Logger LOG = LoggerFactory.getLogger(RevokeLoop.class);

    private final RoleAssignmentReader reader;

    RevokeLoop(RoleAssignmentReader reader) {
        this.reader = reader;
    }

    @Override
    public RoleObservation observe(Pass<AzureRoleAssignment, AzureRoleAssignmentStatus> pass) {
        return reader.deleted(pass);
    }

    @Override
    public RoleRemoval decide(Pass<AzureRoleAssignment, AzureRoleAssignmentStatus> pass, RoleObservation seen) {
        var deletedAt = Instant.parse(pass.resource().getMetadata().getDeletionTimestamp());
        var age = Duration.between(deletedAt, pass.now());
        return RoleRemoval.of(seen, age.isNegative() ? Duration.ZERO : age);
    }

    @Override
    public Optional<ArmId> act(
            Pass<AzureRoleAssignment, AzureRoleAssignmentStatus> pass, RoleObservation seen, RoleRemoval removal) {
        return switch (removal) {
            case RoleRemoval.Hold ignored -> Optional.empty();
            case RoleRemoval.Settle ignored -> Optional.empty();
            case RoleRemoval.Release ignored -> Optional.empty();
            case RoleRemoval.Revoke(ArmId id) -> Optional.of(revoke(pass.resource(), id));
        };
    }

    private ArmId revoke(AzureRoleAssignment object, ArmId id) {
        RoleAssignments azure = connect(object, id);
        try {
            azure.delete(id);
        } catch (FleetException e) {
            if (e.code() != ErrorCode.DEPENDENCY_MISSING) {
                throw e;
            }
            LOG.info("the scope of {} is gone, and its role assignments with it", id);
        }
        return id;
    }

    private RoleAssignments connect(AzureRoleAssignment object, ArmId id) {
        try {
            return reader.azure(object, id);
        } catch (FleetException e) {
            throw FleetException.of(
                            e.code(),
                            e.text() + "; mend that, or delete " + id + " by hand and annotate this object with "
                                    + Anchor.DELETION_POLICY_ANNOTATION + "=Orphan",
                            e)
                    .withReason(e.reason());
        }
    }

    @Override
    public Report<AzureRoleAssignmentStatus> report(
            Pass<AzureRoleAssignment, AzureRoleAssignmentStatus> pass,
            RoleObservation seen,
            RoleRemoval removal,
            Optional<ArmId> revoked) {
        var status = pass.status().withPhase("Deleting");
        return switch (removal) {
            case RoleRemoval.Hold(String reason, String message) ->
                new Report<>(status, pass.conditions().setTrue(Conditions.DELETING, reason, message), Next.done());
            case RoleRemoval.Settle(Duration rest) ->
                new Report<>(
                        status,
                        pass.conditions().setTrue(Conditions.DELETING, "Deleting", "about to be removed from Azure"),
                        Next.after(rest, "whether the Cluster is deleted as well"));
            case RoleRemoval.Release ignored -> new Report<>(status, pass.conditions(), Next.cleaned());
            case RoleRemoval.Revoke ignored -> new Report<>(status, pass.conditions(), Next.cleaned());
        };
    }
}
