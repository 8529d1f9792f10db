package dev.fleetwright.companion;

import static dev.fleetwright.companion.FleetObjects.profile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfig;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneSpec;
import dev.fleetwright.azure.RoleAssignment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator, with the rights of the chart, between a real API server and the simulator. */
class CompanionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private static Ground ground;

    @BeforeAll
    static void start() {
        ground = new Ground(folder);
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    @Test
    void registriesBecomeAssignmentsAndADroppedOneIsTakenBack() {
        var fleet = new FleetObjects(ground.client());
        // In an order that no one would choose: what is not there yet is waited for.
        fleet.createConfig(null, "acme", "base");
        eventually(() -> assertThat(working(fleet.config()))
                .hasValueSatisfying(text -> assertThat(text).startsWith("WaitingForCluster")));
        fleet.createControlPlane();
        fleet.createCluster();
        eventually(() -> assertThat(working(fleet.config()))
                .hasValueSatisfying(text -> assertThat(text).startsWith("WaitingForKubeletIdentity")));
        fleet.createIdentity(Ground.CLIENT_SECRET);
        fleet.controllersCarriedItOut();

        eventually(() -> assertThat(ready(fleet.config())).isTrue());
        assertThat(inAzure(fleet, "acme")).hasSize(1);
        assertThat(inAzure(fleet, "base")).hasSize(1);
        assertThat(fleet.roles()).hasSize(2).allSatisfy(role -> {
            assertThat(role.getStatus().id()).contains("/roleAssignments/");
            assertThat(role.getMetadata().getOwnerReferences())
                    .extracting("kind")
                    .containsExactly("AzureClusterAdditionalConfig", "Cluster");
        });
        eventually(() -> assertThat(fleet.roles())
                .allSatisfy(role -> assertThat(Ground.condition(role.getStatus(), "Effective"))
                        .isPresent()));

        fleet.changeConfig(null, "base");
        eventually(() -> {
            assertThat(fleet.roles()).hasSize(1);
            assertThat(inAzure(fleet, "acme")).isEmpty();
            assertThat(ready(fleet.config())).isTrue();
        });
        assertThat(inAzure(fleet, "base")).hasSize(1);

        ground.client().resource(fleet.config()).delete();
        eventually(() -> {
            assertThat(fleet.config()).isNull();
            assertThat(inAzure(fleet, "base")).isEmpty();
        });
    }

    @Test
    void theProfileIsSetKeptWhenOthersApplyTheirsAndTakenBack() {
        var fleet = living();
        fleet.createConfig(profile("least-waste", "20s"));
        eventually(
                () -> assertThat(fleet.plane().getSpec().autoscalerProfile()).isEqualTo(profile("least-waste", "20s")));
        assertThat(ready(fleet.config())).isFalse();
        fleet.controllersCarriedItOut();
        eventually(() -> assertThat(ready(fleet.config())).isTrue());

        // What a GitOps tool does all day: it applies the object as it stands in git, where there is no profile.
        var quiet = fleet.plane().getMetadata().getResourceVersion();
        ground.client()
                .resource(fleet.controlPlane())
                .fieldManager("gitops")
                .forceConflicts()
                .serverSideApply();
        assertThat(fleet.plane().getSpec().autoscalerProfile()).isEqualTo(profile("least-waste", "20s"));
        var applied = fleet.plane();
        assertThat(applied.getMetadata().getGeneration()).isEqualTo(2L);
        assertThat(applied.getMetadata().getResourceVersion()).isNotEqualTo(quiet);

        // A person changes the value by hand: it comes back.
        ground.client().resource(fleet.plane()).edit(plane -> {
            var spec = plane.getSpec();
            plane.setSpec(new ManagedControlPlaneSpec(
                    spec.clusterRef(),
                    spec.identityRef(),
                    spec.subscriptionID(),
                    spec.resourceGroupName(),
                    spec.name(),
                    spec.nodeResourceGroupName(),
                    spec.location(),
                    spec.version(),
                    spec.dnsPrefix(),
                    spec.sku(),
                    spec.network(),
                    spec.apiServerAccess(),
                    spec.aad(),
                    spec.disableLocalAccounts(),
                    spec.oidcIssuerEnabled(),
                    spec.workloadIdentityEnabled(),
                    spec.autoUpgrade(),
                    profile("random", "20s"),
                    spec.tags()));
            return plane;
        });
        eventually(
                () -> assertThat(fleet.plane().getSpec().autoscalerProfile()).isEqualTo(profile("least-waste", "20s")));

        fleet.changeConfig(profile(null, "30s"));
        eventually(() -> assertThat(fleet.plane().getSpec().autoscalerProfile()).isEqualTo(profile(null, "30s")));

        fleet.changeConfig(null);
        eventually(() -> {
            assertThat(fleet.autoscalers()).isEmpty();
            assertThat(fleet.plane().getSpec().autoscalerProfile()).isNull();
        });
    }

    @Test
    void aSettledClusterIsLeftInPeace() {
        var fleet = living();
        fleet.createConfig(profile("least-waste", "20s"), "acme");
        eventually(() -> {
            fleet.controllersCarriedItOut();
            assertThat(ready(fleet.config())).isTrue();
            assertThat(fleet.roles())
                    .allSatisfy(role -> assertThat(Ground.condition(role.getStatus(), "Effective"))
                            .isPresent());
        });
        var before = versions(fleet);
        // Wakes every controller, with nothing to do.
        ground.client().resource(fleet.cluster()).edit(cluster -> {
            cluster.getMetadata().setAnnotations(Map.of("note", "seen"));
            return cluster;
        });
        await().during(Duration.ofSeconds(3))
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(versions(fleet)).isEqualTo(before));
        ground.client().resource(fleet.config()).delete();
        eventually(() -> assertThat(fleet.roles()).isEmpty());
    }

    @Test
    void whenAllIsDeletedAtOnceTheRightOutlivesTheManagedCluster() {
        var fleet = living();
        fleet.createConfig(profile("least-waste", "20s"), "acme");
        eventually(() -> assertThat(inAzure(fleet, "acme")).hasSize(1));

        ground.client().namespaces().withName(fleet.namespace()).delete();
        eventually(() -> {
            assertThat(fleet.config()).isNull();
            assertThat(fleet.autoscalers()).isEmpty();
            assertThat(fleet.roles())
                    .singleElement()
                    .satisfies(role -> assertThat(Ground.condition(role.getStatus(), "Deleting"))
                            .hasValueSatisfying(text -> assertThat(text).startsWith("WaitingForControlPlaneDeletion")));
        });
        assertThat(inAzure(fleet, "acme")).hasSize(1);
    }

    @Test
    void aDeletedClusterTakesItsConfigAlongAndLeavesNothingInAzure() {
        var fleet = living();
        fleet.createConfig(profile("least-waste", "20s"), "base");
        eventually(() -> assertThat(inAzure(fleet, "base")).hasSize(1));

        ground.client().resource(fleet.cluster()).delete();
        ground.client().resource(fleet.plane()).delete();
        eventually(() -> assertThat(fleet.config()).isNull());
        eventually(() -> assertThat(fleet.roles())
                .singleElement()
                .satisfies(role -> assertThat(Ground.condition(role.getStatus(), "Deleting"))
                        .isPresent()));
        assertThat(inAzure(fleet, "base")).hasSize(1);

        fleet.controllersRemovedTheManagedCluster();
        eventually(() -> assertThat(fleet.roles()).isEmpty());
        assertThat(inAzure(fleet, "base")).isEmpty();
        fleet.controllersLetGo();
    }

    @Test
    void aWrongSecretIsNamedHarmsNothingAndIsMended() {
        var fleet = new FleetObjects(ground.client());
        fleet.createIdentity("wrong");
        fleet.createCluster();
        fleet.createControlPlane();
        fleet.controllersCarriedItOut();
        fleet.createConfig(null, "acme");
        eventually(() -> assertThat(stalled(fleet.config()))
                .hasValueSatisfying(text ->
                        assertThat(text).startsWith("CredentialsInvalid").contains("AzureRoleAssignment")));
        assertThat(inAzure(fleet, "acme")).isEmpty();

        fleet.replaceSecret(Ground.CLIENT_SECRET);
        eventually(() -> assertThat(ready(fleet.config())).isTrue());
        ground.client().resource(fleet.config()).delete();
        eventually(() -> assertThat(inAzure(fleet, "acme")).isEmpty());
    }

    @Test
    void whatWasNeverWrittenGoesWithoutAnIdentity() {
        var fleet = new FleetObjects(ground.client());
        fleet.createCluster();
        fleet.createControlPlane();
        fleet.controllersCarriedItOut();
        fleet.createConfig(null, "acme");
        eventually(() -> assertThat(fleet.roles()).hasSize(1));
        ground.client().resource(fleet.config()).delete();
        eventually(() -> {
            assertThat(fleet.config()).isNull();
            assertThat(fleet.roles()).isEmpty();
        });
    }

    private static FleetObjects living() {
        var fleet = new FleetObjects(ground.client());
        fleet.createIdentity(Ground.CLIENT_SECRET);
        fleet.createCluster();
        fleet.createControlPlane();
        fleet.controllersCarriedItOut();
        return fleet;
    }

    private static List<String> versions(FleetObjects fleet) {
        return Stream.concat(
                        fleet.roles().stream().map(role -> role.getMetadata().getResourceVersion()),
                        Stream.of(
                                fleet.config().getMetadata().getResourceVersion(),
                                fleet.plane().getMetadata().getResourceVersion()))
                .toList();
    }

    private static List<RoleAssignment> inAzure(FleetObjects fleet, String registry) {
        return ground.azure().roleAssignments().list(ArmId.parse(Ground.registry(registry)), fleet.kubelet);
    }

    private static boolean ready(AzureClusterAdditionalConfig config) {
        return config.getStatus() != null
                && config.getMetadata()
                        .getGeneration()
                        .equals(config.getStatus().observedGeneration())
                && Ground.condition(config.getStatus(), "Ready").isPresent()
                && working(config).isEmpty();
    }

    private static Optional<String> working(AzureClusterAdditionalConfig config) {
        return Ground.condition(config.getStatus(), "Reconciling");
    }

    private static Optional<String> stalled(AzureClusterAdditionalConfig config) {
        return Ground.condition(config.getStatus(), "Stalled");
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(assertion);
    }
}
