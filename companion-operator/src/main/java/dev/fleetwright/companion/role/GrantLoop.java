package dev.fleetwright.companion.role;

import dev.fleetwright.api.v1alpha1.AzureRoleAssignment;
import dev.fleetwright.api.v1alpha1.AzureRoleAssignmentSpec;
import dev.fleetwright.api.v1alpha1.AzureRoleAssignmentStatus;
import dev.fleetwright.azure.RoleAssignment;
import dev.fleetwright.azure.RoleGrant;
import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.reconcile.Loop;
import dev.fleetwright.core.reconcile.Next;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.core.reconcile.Report;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Optional;

/** AzureRoleAssignments that live. */
final class GrantLoop
        implements Loop<
                AzureRoleAssignment,
                AzureRoleAssignmentStatus,
                RoleObservation,
                RoleDecision,
                Optional<RoleAssignment>> {
    static final String EFFECTIVE = "Effective";

    private final RoleAssignmentReader reader;
    private final KubernetesClient client;
    private final Duration propagation;

    /** @param propagation how long Azure takes at most until a new assignment is in force everywhere */
    GrantLoop(RoleAssignmentReader reader, KubernetesClient client, Duration propagation) {
        this.reader = reader;
        this.client = client;
        this.propagation = propagation;
    }

    @Override
    public RoleObservation observe(Pass<AzureRoleAssignment, AzureRoleAssignmentStatus> pass) {
        return reader.living(pass);
    }

    @Override
    public RoleDecision decide(Pass<AzureRoleAssignment, AzureRoleAssignmentStatus> pass, RoleObservation seen) {
        return RoleDecision.of(seen);
    }

    @Override
    public Optional<RoleAssignment> act(
            Pass<AzureRoleAssignment, AzureRoleAssignmentStatus> pass, RoleObservation seen, RoleDecision decision) {
        return switch (decision) {
            case RoleDecision.Pause ignored -> Optional.empty();
            case RoleDecision.Wait ignored -> Optional.empty();
            case RoleDecision.Note ignored -> Optional.empty();
            case RoleDecision.Retire() -> {
                client.resource(pass.resource()).delete();
                yield Optional.empty();
            }
            case RoleDecision.Grant(RoleGrant grant) ->
                Optional.of(reader.azure(pass.resource(), grant.scope()).ensure(grant));
            case RoleDecision.Keep(RoleAssignment assignment) -> Optional.of(assignment);
        };
    }

    @Override
    public Report<AzureRoleAssignmentStatus> report(
            Pass<AzureRoleAssignment, AzureRoleAssignmentStatus> pass,
            RoleObservation seen,
            RoleDecision decision,
            Optional<RoleAssignment> standing) {
        var conditions = pass.conditions().remove(Conditions.PAUSED);
        return switch (decision) {
            case RoleDecision.Pause(String why) ->
                new Report<>(pass.status(), conditions.setTrue(Conditions.PAUSED, "Paused", why), Next.done());
            case RoleDecision.Retire() ->
                new Report<>(
                        pass.status(), conditions.reconciling("Deleting", "the Cluster is being deleted"), Next.done());
            case RoleDecision.Wait(String reason, String message) ->
                new Report<>(pass.status().withPhase("Pending"), conditions.reconciling(reason, message), Next.done());
            case RoleDecision.Note(var id) ->
                new Report<>(
                        pass.status().withPhase("Applying").withId(id.toString()),
                        conditions.reconciling("Creating", "the role assignment is about to be made"),
                        Next.after(Duration.ZERO, "its id is noted"));
            case RoleDecision.Grant ignored -> standing(pass, seen, conditions, standing.orElseThrow());
            case RoleDecision.Keep ignored -> standing(pass, seen, conditions, standing.orElseThrow());
        };
    }

    private Report<AzureRoleAssignmentStatus> standing(
            Pass<AzureRoleAssignment, AzureRoleAssignmentStatus> pass,
            RoleObservation seen,
            Conditions conditions,
            RoleAssignment assignment) {
        var grant = seen.grant().orElseThrow();
        var message = assignment.madeBy(grant)
                ? text(pass.resource().getSpec())
                : text(pass.resource().getSpec())
                        + "; it was there before, as " + assignment.id().name()
                        + ", and stays when this object goes";
        var ready = conditions.ready("Healthy", message).setTrue(Conditions.UP_TO_DATE, "Healthy", message);
        var effective = effective(ready);
        return new Report<>(
                pass.status().withPhase("Applied").withId(assignment.id().toString()),
                effective,
                effective.isTrue(EFFECTIVE)
                        ? Next.done()
                        : Next.after(propagation.minus(age(effective)), "the assignment spreads in Azure"));
    }

    /** Azure does not tell when an assignment is in force; after the longest time it takes, we say so. */
    private Conditions effective(Conditions conditions) {
        if (conditions.isTrue(EFFECTIVE)) {
            return conditions;
        }
        var spreading = conditions.setFalse(
                EFFECTIVE, "PropagationPending", "Azure may take up to ten minutes to put the role into force");
        return age(spreading).compareTo(propagation) < 0
                ? spreading
                : conditions.setTrue(EFFECTIVE, "Propagated", "made longer ago than Azure takes to put it into force");
    }

    private static Duration age(Conditions conditions) {
        return Duration.between(conditions.since(EFFECTIVE).orElse(conditions.now()), conditions.now());
    }

    private static String text(AzureRoleAssignmentSpec spec) {
        return spec.role() + " on " + spec.scope() + " for " + spec.principalID();
    }
}
