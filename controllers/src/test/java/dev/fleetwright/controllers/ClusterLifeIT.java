package dev.fleetwright.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.simulator.http.Faults;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The life of clusters on a real API server and a simulated Azure. */
@Execution(ExecutionMode.CONCURRENT)
class ClusterLifeIT {
    /** Whoever holds it has the operator to himself as far as starts and ends of it go. */
    private static final String OPERATOR = "operator";

    @TempDir
    static Path folder;

    private static Ground ground;

    @BeforeAll
    static void start() {
        ground = new Ground(folder, o -> o);
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    @Test
    @ResourceLock(OPERATOR)
    void aClusterIsMadeScaledUpgradedAndDeletedWithNothingLeft() {
        var fleet = new FleetProbe(ground, "life");
        var manifests = new Manifests(ground.namespace, "life");
        fleet.create(manifests.whole());

        fleet.awaitReady(Cluster.class, "life");
        fleet.awaitReady(MachinePool.class, "life-apps");
        var pool = fleet.get(MachinePool.class, "life-apps").getStatus();
        assertThat(pool.readyReplicas()).isEqualTo(3);
        assertThat(pool.providerIDList()).hasSize(3);
        assertThat(pool.scaleSetID()).contains("virtualMachineScaleSets");
        var controlPlane = fleet.get(ManagedControlPlane.class, "life").getStatus();
        assertThat(controlPlane.version()).startsWith("1.33");
        assertThat(controlPlane.kubeletIdentity()).isNotNull();
        assertThat(controlPlane.operation()).isNull();
        var secret = ground.kubernetes
                .secrets()
                .inNamespace(ground.namespace)
                .withName("life-kubeconfig")
                .get();
        assertThat(new String(Base64.getDecoder().decode(secret.getData().get("value")), StandardCharsets.UTF_8))
                .contains("\"kind\":\"Config\"");

        fleet.quiet(Duration.ofSeconds(4));

        fleet.edit(MachinePool.class, "life-apps", "{\"spec\":{\"replicas\":5}}");
        fleet.await(() -> fleet.get(MachinePool.class, "life-apps")
                        .getStatus()
                        .providerIDList()
                        .size()
                == 5);
        fleet.awaitReady(MachinePool.class, "life-apps");

        fleet.edit(ManagedControlPlane.class, "life", "{\"spec\":{\"version\":\"1.34\"}}");
        fleet.await(() -> fleet.get(ManagedControlPlane.class, "life")
                .getStatus()
                .version()
                .startsWith("1.34"));
        fleet.awaitReady(ManagedControlPlane.class, "life");

        fleet.delete(manifests.whole());
        fleet.awaitNothingLeft(manifests.whole(), "life");
    }

    @Test
    void aLostReplyToACreationMakesOnePoolNotTwo() {
        var fleet = new FleetProbe(ground, "lost");
        var manifests = new Manifests(ground.namespace, "lost");
        ground.simulator.faults().next(1, Faults.Rule.lostReply("PUT", "managedClusters/lost$"));
        ground.simulator.faults().next(1, Faults.Rule.lostReply("PUT", "managedClusters/lost/agentPools/apps$"));
        fleet.create(manifests.whole());

        fleet.awaitReady(Cluster.class, "lost");
        fleet.awaitReady(MachinePool.class, "lost-apps");
        assertThat(fleet.sent("PUT", "managedClusters/lost/agentPools/apps")).isEqualTo(1);
        assertThat(fleet.sent("PUT", "managedClusters/lost")).isEqualTo(1);
        fleet.delete(manifests.whole());
        fleet.awaitNothingLeft(manifests.whole(), "lost");
    }

    @Test
    @ResourceLock(OPERATOR)
    void anOperatorKilledDuringACreationResumesItsOperation() {
        var fleet = new FleetProbe(ground, "resumed");
        var manifests = new Manifests(ground.namespace, "resumed");
        fleet.create(manifests.whole());
        fleet.await(() -> fleet.sent("PUT", "managedClusters/resumed") == 1);
        ground.restartOperator();
        fleet.await(() -> fleet.sent("PUT", "managedClusters/resumed/agentPools/apps") == 1);
        ground.restartOperator();

        fleet.awaitReady(Cluster.class, "resumed");
        assertThat(fleet.sent("PUT", "managedClusters/resumed")).isEqualTo(1);
        assertThat(fleet.sent("PUT", "managedClusters/resumed/agentPools/apps")).isEqualTo(1);
        fleet.delete(manifests.whole().reversed());
        fleet.awaitNothingLeft(manifests.whole(), "resumed");
    }

    @Test
    void aWrongSecretIsNamedAndItsMendingIsNoticed() {
        var fleet = new FleetProbe(ground, "mended");
        var manifests = new Manifests(ground.namespace, "mended");
        var objects = new ArrayList<>(manifests.whole());
        objects.set(0, manifests.secret("wrong"));
        fleet.create(objects);

        fleet.awaitReason(ManagedControlPlane.class, "mended", "Stalled", "CredentialsInvalid");
        fleet.edit(
                Secret.class,
                "mended-credentials",
                "{\"data\":{\"clientSecret\":\"%s\"}}"
                        .formatted(Base64.getEncoder().encodeToString("right".getBytes(StandardCharsets.UTF_8))));
        fleet.awaitReady(Cluster.class, "mended");
        fleet.delete(manifests.whole());
        fleet.awaitNothingLeft(manifests.whole(), "mended");
    }

    @Test
    void onlyTheClusterIsDeletedAndItsPartsFollow() {
        var fleet = new FleetProbe(ground, "anchor");
        var manifests = new Manifests(ground.namespace, "anchor");
        fleet.create(manifests.whole());
        fleet.awaitReady(Cluster.class, "anchor");
        fleet.delete(List.of(manifests.cluster()));
        fleet.await(() -> fleet.find(Cluster.class, "anchor").isEmpty());
        assertThat(fleet.find(ManagedControlPlane.class, "anchor")).isEmpty();
        assertThat(fleet.find(MachinePool.class, "anchor-sys")).isEmpty();
        fleet.delete(List.of(manifests.identity(), manifests.secret("right")));
        fleet.awaitNothingLeft(manifests.whole(), "anchor");
    }

    /** A pool that goes with its cluster needs no turn any more, and the control plane needs it. */
    @Test
    void aClusterThatIsDeletedInTheMiddleOfAPoolsChangeIsNotHeldUpByThatPool() {
        var fleet = new FleetProbe(ground, "abrupt");
        var manifests = new Manifests(ground.namespace, "abrupt");
        fleet.create(manifests.whole());
        fleet.awaitReady(Cluster.class, "abrupt");
        fleet.edit(MachinePool.class, "abrupt-apps", "{\"spec\":{\"replicas\":5}}");
        fleet.await(() -> fleet.sent("PUT", "managedClusters/abrupt/agentPools/apps") == 2);
        fleet.delete(manifests.whole());
        fleet.awaitNothingLeft(manifests.whole(), "abrupt");
    }
}
