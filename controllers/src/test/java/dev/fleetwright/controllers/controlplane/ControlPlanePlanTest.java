package dev.fleetwright.controllers.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.api.v1alpha1.AgentPoolTemplate;
import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneStatus;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneStatus.Initialization;
import dev.fleetwright.azure.AgentPoolSpec;
import dev.fleetwright.azure.ManagedClusterProperty;
import dev.fleetwright.azure.ManagedClusterState;
import dev.fleetwright.azure.OperationStatus;
import dev.fleetwright.azure.OwnerTag;
import dev.fleetwright.azure.ProvisioningState;
import dev.fleetwright.azure.ResourceGroupState;
import dev.fleetwright.controllers.anchor.Anchor;
import dev.fleetwright.controllers.azureaccess.ClusterAddress;
import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.reconcile.Pass;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ControlPlanePlanTest {
    private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");
    private static final OwnerTag OURS = new OwnerTag("fleet", "c", "uid-1");
    private static final ManagedControlPlaneStatus NEW = ManagedControlPlaneStatus.empty();
    private static final ManagedControlPlaneStatus USED =
            NEW.withId("/x/y").withInitialization(new Initialization(true));

    private static ManagedControlPlane object(String version) {
        var object = Serialization.unmarshal("""
            apiVersion: fleetwright.dev/v1alpha1
            kind: ManagedControlPlane
            metadata: {name: c, namespace: fleet, uid: uid-1, generation: 2}
            spec: {clusterRef: {name: c}, identityRef: {name: i}, subscriptionID: s, resourceGroupName: rg,
                   location: westeurope, version: "%s", sku: {tier: Standard}}
            """.formatted(version), ManagedControlPlane.class);
        object.getMetadata().setOwnerReferences(anchor("false", "").ownersWith(object));
        return object;
    }

    private static Anchor anchor(String isProtected, String more) {
        return Anchor.of("c", Optional.of(Serialization.unmarshal("""
            apiVersion: fleetwright.dev/v1alpha1
            kind: Cluster
            metadata: {name: c, namespace: fleet, uid: uid-c %s}
            spec: {controlPlaneRef: {name: c}, deletionProtection: %s}
            """.formatted(more, isProtected), Cluster.class)));
    }

    private static ControlPlaneObservation seen(ClusterSight sight, GroupSight group) {
        var pool = new AgentPoolSpec(
                "sys",
                "System",
                Serialization.unmarshal("---\n{vmSize: Standard_D4s_v5}", AgentPoolTemplate.class),
                1,
                null,
                null,
                OURS);
        return new ControlPlaneObservation(
                anchor("false", ""),
                Optional.empty(),
                true,
                sight,
                group,
                Optional.empty(),
                KubeconfigSight.CURRENT,
                List.of(pool),
                true,
                0);
    }

    private static ClusterSight cluster(String state, String requested, String running, OwnerTag owner) {
        Map<String, String> tags = owner == null ? Map.of() : Map.of(OwnerTag.KEY, owner.value());
        return new ClusterSight.Seen(new ManagedClusterState(
                ClusterAddress.of(object("1.34")),
                "westeurope",
                Optional.of("\"c\""),
                new ProvisioningState(state),
                Optional.empty(),
                Optional.of(requested),
                Optional.of(running),
                Optional.of("c.example"),
                Optional.of("MC"),
                Optional.of("kubelet"),
                Optional.empty(),
                Optional.empty(),
                tags,
                Map.of(
                        ManagedClusterProperty.TAGS, tags,
                        ManagedClusterProperty.LOCATION, "westeurope",
                        ManagedClusterProperty.SKU_TIER, "Standard"),
                List.of()));
    }

    private static GroupSight group(OwnerTag owner, boolean empty) {
        return new GroupSight.Seen(
                new ResourceGroupState(
                        ClusterAddress.of(object("1.34")).parent().orElseThrow(),
                        "westeurope",
                        owner == null ? Map.of() : Map.of(OwnerTag.KEY, owner.value()),
                        new ProvisioningState("Succeeded")),
                empty);
    }

    private static Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass(
            ManagedControlPlane object, ManagedControlPlaneStatus status) {
        return new Pass<>(object, status, Conditions.of(List.of(), 2, NOW), NOW);
    }

    private static ControlPlaneDecision decide(
            String version, ManagedControlPlaneStatus status, ControlPlaneObservation seen) {
        return ControlPlanePlan.decide(pass(object(version), status), seen);
    }

    private static ControlPlaneDecision farewell(ManagedControlPlaneStatus status, ControlPlaneObservation seen) {
        return ControlPlaneFarewell.decide(pass(object("1.34"), status), seen);
    }

    private static ControlPlaneObservation with(
            ControlPlaneObservation s, Anchor anchor, KubeconfigSight kubeconfig, int roleAssignments) {
        return new ControlPlaneObservation(
                anchor,
                s.paused(),
                s.identityReserved(),
                s.sight(),
                s.group(),
                s.operation(),
                kubeconfig,
                s.firstPools(),
                s.answers(),
                roleAssignments);
    }

    @Test
    void aClusterComesIntoBeingStepByStep() {
        var absent = new ClusterSight.Absent();
        assertThat(decide("1.34", NEW, seen(absent, new GroupSight.Absent())))
                .isInstanceOf(ControlPlaneDecision.CreateGroup.class);
        assertThat(decide("1.34", NEW, seen(absent, group(OURS, false))))
                .as("the wish is recorded before the first PUT")
                .isInstanceOf(ControlPlaneDecision.Intend.class);
        assertThat(decide("1.34", NEW.withId("/x/y"), seen(absent, group(OURS, false))))
                .isInstanceOf(ControlPlaneDecision.Create.class);
    }

    @Test
    void withoutASystemPoolNothingIsMade() {
        var s = seen(new ClusterSight.Absent(), new GroupSight.Absent());
        var none = new ControlPlaneObservation(
                s.anchor(), s.paused(), true, s.sight(), s.group(), s.operation(), s.kubeconfig(), List.of(), false, 0);
        assertThat(decide("1.34", NEW, none))
                .isInstanceOfSatisfying(
                        ControlPlaneDecision.Wait.class,
                        w -> assertThat(w.reason()).isEqualTo("WaitingForSystemPool"));
    }

    @Test
    void aClusterThatWasInUseAndVanishedIsNotMadeAgainByItself() {
        assertThat(decide("1.34", USED, seen(new ClusterSight.Absent(), group(OURS, false))))
                .isInstanceOfSatisfying(
                        ControlPlaneDecision.Refuse.class,
                        r -> assertThat(r.reason()).isEqualTo("NotFoundInAzure"));
    }

    @Test
    void theVersionGoesUpOneMinorAndOtherWishesAreRefused() {
        var at134 = seen(cluster("Succeeded", "1.34.2", "1.34.2", OURS), new GroupSight.NotLooked());
        assertThat(decide("1.34", USED, at134)).isInstanceOf(ControlPlaneDecision.Rest.class);
        assertThat(decide("1.35", USED, at134))
                .isInstanceOfSatisfying(
                        ControlPlaneDecision.Update.class,
                        u -> assertThat(u.kind()).isEqualTo("Upgrade"));
        for (String refused : List.of("1.36", "1.33", "1.34.1")) {
            assertThat(decide(refused, USED, at134)).as(refused).isInstanceOf(ControlPlaneDecision.Refuse.class);
        }
    }

    @Test
    void aFailedClusterIsAskedToTryAgainAndAForeignOneIsLeftAlone() {
        assertThat(decide("1.35", USED, seen(cluster("Failed", "1.35", "1.34.2", OURS), new GroupSight.NotLooked())))
                .isInstanceOfSatisfying(
                        ControlPlaneDecision.Update.class,
                        u -> assertThat(u.kind()).isEqualTo("Repair"));
        var foreign = new OwnerTag("a", "b", "c");
        assertThat(decide(
                        "1.35",
                        USED,
                        seen(cluster("Succeeded", "1.34", "1.34.2", foreign), new GroupSight.NotLooked())))
                .isInstanceOf(ControlPlaneDecision.Refuse.class);
    }

    @Test
    void whatOthersRunIsWaitedFor() {
        for (String state : List.of("Creating", "Updating", "RotatingClusterCertificates")) {
            assertThat(decide("1.35", USED, seen(cluster(state, "1.34", "1.34.2", OURS), new GroupSight.NotLooked())))
                    .as(state)
                    .isInstanceOf(ControlPlaneDecision.Follow.class);
        }
    }

    @Test
    void onDeletionClusterAssignmentsAndGroupGoInThisOrder() {
        var a = anchor("false", "");
        var there = seen(cluster("Succeeded", "1.34", "1.34.2", OURS), new GroupSight.NotLooked());
        assertThat(farewell(USED, there)).isInstanceOf(ControlPlaneDecision.Delete.class);
        var gone = seen(new ClusterSight.Absent(), group(OURS, true));
        assertThat(farewell(USED, with(gone, a, KubeconfigSight.CURRENT, 1)))
                .isInstanceOfSatisfying(
                        ControlPlaneDecision.Wait.class,
                        w -> assertThat(w.reason()).isEqualTo("WaitingForRoleAssignments"));
        assertThat(farewell(USED, with(gone, a, KubeconfigSight.MISSING, 0)))
                .isInstanceOf(ControlPlaneDecision.DeleteGroup.class);
        assertThat(farewell(
                        USED,
                        with(seen(new ClusterSight.Absent(), new GroupSight.Absent()), a, KubeconfigSight.MISSING, 0)))
                .isInstanceOf(ControlPlaneDecision.Leave.class);
    }

    @Test
    void aGroupThatIsNotOursOrNotEmptyStays() {
        var a = anchor("false", "");
        for (GroupSight group :
                List.of(group(null, true), group(OURS, false), group(new OwnerTag("a", "b", "c"), true))) {
            assertThat(farewell(USED, with(seen(new ClusterSight.Absent(), group), a, KubeconfigSight.MISSING, 0)))
                    .isInstanceOf(ControlPlaneDecision.Leave.class);
        }
    }

    @Test
    void aProtectedClusterIsNotTouchedEvenWhenOnlyTheControlPlaneIsDeleted() {
        var there = seen(cluster("Succeeded", "1.34", "1.34.2", OURS), new GroupSight.NotLooked());
        assertThat(farewell(USED, with(there, anchor("true", ""), KubeconfigSight.CURRENT, 0)))
                .isInstanceOf(ControlPlaneDecision.Refuse.class);
    }

    @Test
    void nothingIsDeletedWhileAnythingRunsOrBelongsToOthers() {
        assertThat(farewell(USED, seen(cluster("Updating", "1.34", "1.34.2", OURS), new GroupSight.NotLooked())))
                .isInstanceOf(ControlPlaneDecision.Wait.class);
        var s = seen(new ClusterSight.NotLooked(), new GroupSight.NotLooked())
                .with(
                        new ClusterSight.NotLooked(),
                        new GroupSight.NotLooked(),
                        Optional.of(new OperationStatus.InProgress("", Optional.empty())));
        assertThat(farewell(USED, s)).isInstanceOf(ControlPlaneDecision.Follow.class);
        var foreign =
                seen(cluster("Succeeded", "1.34", "1.34.2", new OwnerTag("a", "b", "c")), new GroupSight.NotLooked());
        assertThat(farewell(USED, with(foreign, anchor("false", ""), KubeconfigSight.MISSING, 0)))
                .isInstanceOf(ControlPlaneDecision.Leave.class);
    }
}
