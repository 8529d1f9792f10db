package dev.fleetwright.companion.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.api.v1alpha1.AzureRoleAssignmentSpec;
import dev.fleetwright.api.v1alpha1.LocalRef;
import dev.fleetwright.azure.RoleAssignment;
import dev.fleetwright.azure.RoleGrant;
import dev.fleetwright.companion.anchor.Stage;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoleDecisionTest {
    private static final String REGISTRY =
            "/subscriptions/s/resourceGroups/shared/providers/Microsoft.ContainerRegistry/registries/acme";
    private static final String PRINCIPAL = "11111111-2222-3333-4444-555555555555";
    private static final RoleGrant GRANT = Grants.of(spec("AcrPull", PRINCIPAL));
    private static final ArmId OURS = GRANT.assignmentID();
    private static final ArmId FOREIGN = GRANT.scope()
            .child("providers", "Microsoft.Authorization")
            .child("roleAssignments", "99999999-9999-9999-9999-999999999999");
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void theIdIsNotedBeforeAnythingIsWritten() {
        assertThat(RoleDecision.of(seen(Stage.LIVING))).isEqualTo(new RoleDecision.Note(OURS));
        assertThat(RoleDecision.of(noted(seen(Stage.LIVING), OURS))).isEqualTo(new RoleDecision.Grant(GRANT));
    }

    @Test
    void whatIsThereIsKeptWhoeverMadeIt() {
        var ours = assignment(OURS, GRANT.roleDefinitionID());
        var foreign = assignment(FOREIGN, GRANT.roleDefinitionID());
        assertThat(RoleDecision.of(found(seen(Stage.LIVING), ours))).isEqualTo(new RoleDecision.Keep(ours));
        assertThat(RoleDecision.of(found(seen(Stage.LIVING), foreign))).isEqualTo(new RoleDecision.Keep(foreign));
    }

    @Test
    void aForeignAssignmentThatVanishedIsReplacedByOneOfOurs() {
        assertThat(RoleDecision.of(noted(seen(Stage.LIVING), FOREIGN))).isEqualTo(new RoleDecision.Note(OURS));
    }

    @Test
    void anAssignmentThatGrantsSomethingElseIsNeverTouched() {
        var other = assignment(OURS, "/providers/Microsoft.Authorization/roleDefinitions/other");
        assertThatThrownBy(() -> RoleDecision.of(found(seen(Stage.LIVING), other)))
                .isInstanceOfSatisfying(
                        FleetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SAFETY_STOP));
    }

    @Test
    void anObjectGoesWithItsCluster() {
        assertThat(RoleDecision.of(seen(Stage.LEAVING))).isInstanceOf(RoleDecision.Retire.class);
        assertThat(RoleDecision.of(seen(Stage.REMOVED))).isInstanceOf(RoleDecision.Retire.class);
        assertThat(RoleDecision.of(seen(Stage.PROTECTED))).isInstanceOf(RoleDecision.Wait.class);
        assertThat(RoleDecision.of(seen(Stage.ABSENT))).isInstanceOf(RoleDecision.Wait.class);
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void nothingMovesWhilePaused(Stage stage) {
        var paused = paused(noted(seen(stage), OURS));
        assertThat(RoleDecision.of(paused)).isInstanceOf(RoleDecision.Pause.class);
        assertThat(RoleRemoval.of(paused, LONG)).isInstanceOf(RoleRemoval.Hold.class);
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void whereNothingWasWrittenADeletionNeedsNobodysHelp(Stage stage) {
        assertThat(RoleRemoval.of(seen(stage), LONG)).isInstanceOf(RoleRemoval.Release.class);
    }

    @Test
    void aRightIsTakenAwayOnlyWhenTheManagedClusterNeedsItNoMore() {
        assertThat(RoleRemoval.of(noted(seen(Stage.LEAVING), OURS), LONG)).isInstanceOf(RoleRemoval.Hold.class);
        assertThat(RoleRemoval.of(noted(seen(Stage.PROTECTED), OURS), LONG)).isInstanceOf(RoleRemoval.Hold.class);
        for (Stage stage : new Stage[] {Stage.LIVING, Stage.REMOVED, Stage.ABSENT}) {
            assertThat(RoleRemoval.of(noted(seen(stage), OURS), LONG)).isEqualTo(new RoleRemoval.Revoke(OURS));
        }
    }

    @Test
    void aDeletionWaitsABreathForThatOfTheCluster() {
        assertThat(RoleRemoval.of(noted(seen(Stage.LIVING), OURS), Duration.ofSeconds(1)))
                .isEqualTo(new RoleRemoval.Settle(Duration.ofSeconds(2)));
        assertThat(RoleRemoval.of(noted(seen(Stage.REMOVED), OURS), Duration.ZERO))
                .isEqualTo(new RoleRemoval.Revoke(OURS));
    }

    @Test
    void onlyWhatWeMadeAndNobodyElseAsksForIsRevoked() {
        assertThat(RoleRemoval.of(noted(seen(Stage.LIVING), FOREIGN), LONG)).isInstanceOf(RoleRemoval.Release.class);
        assertThat(RoleRemoval.of(shared(noted(seen(Stage.LIVING), OURS)), LONG))
                .isInstanceOf(RoleRemoval.Release.class);
        assertThat(RoleRemoval.of(orphan(noted(seen(Stage.LEAVING), OURS)), LONG))
                .isInstanceOf(RoleRemoval.Release.class);
    }

    @Test
    void rolesAreWrittenByNameOrGuidAndUnknownOnesAreRefusedWithTheNamesThatExist() {
        assertThat(Grants.of(spec("acrpull", PRINCIPAL))).isEqualTo(GRANT);
        assertThat(Grants.of(spec("7F951DDA-4ED3-4680-A7CA-43FE172D538D", PRINCIPAL))
                        .assignmentName())
                .isEqualTo(GRANT.assignmentName());
        assertThatThrownBy(() -> Grants.of(spec("AcrPul", PRINCIPAL)))
                .hasMessageContaining("spec.role AcrPul")
                .hasMessageContaining("AcrPull");
        assertThatThrownBy(() -> Grants.of(spec("AcrPull", "kubelet"))).hasMessageContaining("spec.principalID");
    }

    private static AzureRoleAssignmentSpec spec(String role, String principal) {
        return new AzureRoleAssignmentSpec(new LocalRef("c"), REGISTRY, role, principal, null);
    }

    private static RoleAssignment assignment(ArmId id, String role) {
        return new RoleAssignment(id, GRANT.scope(), role, PRINCIPAL, "ServicePrincipal");
    }

    private static RoleObservation seen(Stage stage) {
        return new RoleObservation(
                stage,
                "no Cluster",
                Optional.empty(),
                false,
                Optional.of(GRANT),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static RoleObservation noted(RoleObservation o, ArmId id) {
        return new RoleObservation(
                o.stage(), o.missing(), o.pause(), o.orphan(), o.grant(), Optional.of(id), o.found(), o.sharedWith());
    }

    private static RoleObservation found(RoleObservation o, RoleAssignment assignment) {
        return new RoleObservation(
                o.stage(),
                o.missing(),
                o.pause(),
                o.orphan(),
                o.grant(),
                Optional.of(assignment.id()),
                Optional.of(assignment),
                o.sharedWith());
    }

    private static RoleObservation paused(RoleObservation o) {
        return new RoleObservation(
                o.stage(),
                o.missing(),
                Optional.of("paused"),
                o.orphan(),
                o.grant(),
                o.recorded(),
                o.found(),
                o.sharedWith());
    }

    private static RoleObservation shared(RoleObservation o) {
        return new RoleObservation(
                o.stage(),
                o.missing(),
                o.pause(),
                o.orphan(),
                o.grant(),
                o.recorded(),
                o.found(),
                Optional.of("fleet/other"));
    }

    private static RoleObservation orphan(RoleObservation o) {
        return new RoleObservation(
                o.stage(), o.missing(), o.pause(), true, o.grant(), o.recorded(), o.found(), o.sharedWith());
    }
}
