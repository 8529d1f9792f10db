package dev.fleetwright.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.api.v1alpha1.AgentPoolTemplate;
import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.azure.AgentPoolSpec;
import dev.fleetwright.azure.OwnerTag;
import dev.fleetwright.simulator.aks.rules.Quotas;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Azure or the fleet refuses becomes a condition that names the thing to mend, and harms nothing. */
@Execution(ExecutionMode.CONCURRENT)
class RefusalsIT {
    /** Enough for the fleets of all tests side by side, and too little for fifty machines of four. */
    private static final int VCPUS = 180;

    @TempDir
    static Path folder;

    private static Ground ground;

    @BeforeAll
    static void start() {
        ground = new Ground(folder, o -> o.withQuotas(new Quotas(Map.of(), VCPUS, Integer.MAX_VALUE)));
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    @Test
    void aQuotaThatIsExceededIsNamedAndOtherPoolsGoOn() {
        var fleet = new FleetProbe(ground, "quota");
        var manifests = new Manifests(ground.namespace, "quota");
        fleet.create(manifests.whole());
        fleet.awaitReady(Cluster.class, "quota");
        MachinePool large = manifests.pool("large", "User", 50);
        fleet.create(List.of(large));
        fleet.awaitReason(MachinePool.class, "quota-large", "Stalled", "QuotaExceeded");
        fleet.edit(MachinePool.class, "quota-apps", "{\"spec\":{\"replicas\":4}}");
        fleet.await(() -> fleet.get(MachinePool.class, "quota-apps")
                        .getStatus()
                        .providerIDList()
                        .size()
                == 4);
        var all = new ArrayList<HasMetadata>(manifests.whole());
        all.add(large);
        fleet.delete(all);
        fleet.awaitNothingLeft(all, "quota");
    }

    @Test
    void aPoolThatSomebodyElseMadeIsLeftAlone() {
        var fleet = new FleetProbe(ground, "foreign");
        var manifests = new Manifests(ground.namespace, "foreign");
        fleet.create(manifests.whole().stream()
                .filter(o -> !o.getMetadata().getName().equals("foreign-apps"))
                .toList());
        fleet.awaitReady(Cluster.class, "foreign");
        ArmId pool = ArmId.managedCluster(Ground.SUBSCRIPTION, "rg-" + ground.namespace + "-foreign", "foreign")
                .agentPool("apps");
        AgentPoolTemplate template = manifests.pool("apps", "User", 1).getSpec().template();
        ground.azure
                .agentPools()
                .create(pool, new AgentPoolSpec("apps", "User", template, 1, null, null, new OwnerTag("a", "b", "c")));
        fleet.create(List.of(manifests.pool("apps", "User", 3)));
        fleet.awaitReason(MachinePool.class, "foreign-apps", "Stalled", "AlreadyExists");
        assertThat(fleet.message(MachinePool.class, "foreign-apps", "Stalled")).contains("belongs to a/b");
        assertThat(ground.azure
                        .agentPools()
                        .get(pool)
                        .toOptional()
                        .orElseThrow()
                        .count())
                .isEqualTo(1);
        fleet.delete(manifests.whole());
        fleet.awaitNothingLeft(manifests.whole(), "foreign");
    }

    @Test
    void anUnknownSubscriptionIsNamedAndTheObjectsCanBeDeleted() {
        var fleet = new FleetProbe(ground, "nosub");
        var manifests = new Manifests(ground.namespace, "nosub");
        var objects = new ArrayList<>(manifests.whole());
        objects.set(3, manifests.controlPlane("1.33", "99999999-9999-9999-9999-999999999999"));
        fleet.create(objects);
        fleet.await(() ->
                !fleet.message(ManagedControlPlane.class, "nosub", "Stalled").isEmpty());
        assertThat(fleet.message(ManagedControlPlane.class, "nosub", "Stalled")).contains("99999999");
        fleet.delete(objects);
        fleet.awaitNothingLeft(objects, "nosub");
    }

    @Test
    void anUnknownVmSizeIsNamedAndHarmsNothing() {
        var fleet = new FleetProbe(ground, "size");
        var manifests = new Manifests(ground.namespace, "size");
        fleet.create(manifests.whole());
        fleet.awaitReady(Cluster.class, "size");
        MachinePool odd = manifests.pool("odd", "User", 1, "Standard_Nonsense_v9");
        fleet.create(List.of(odd));
        fleet.await(
                () -> fleet.message(MachinePool.class, "size-odd", "Stalled").contains("Standard_Nonsense_v9"));
        var all = new ArrayList<HasMetadata>(manifests.whole());
        all.add(odd);
        fleet.delete(all);
        fleet.awaitNothingLeft(all, "size");
    }

    @Test
    void aMissingIdentityIsWaitedForByName() {
        var fleet = new FleetProbe(ground, "noident");
        var manifests = new Manifests(ground.namespace, "noident");
        var objects = new ArrayList<>(manifests.whole());
        objects.remove(1);
        fleet.create(objects);
        fleet.awaitReason(ManagedControlPlane.class, "noident", "Ready", "WaitingForIdentity");
        fleet.create(List.of(manifests.identity()));
        fleet.awaitReady(Cluster.class, "noident");
        fleet.delete(manifests.whole());
        fleet.awaitNothingLeft(manifests.whole(), "noident");
    }

    @Test
    void theLastSystemPoolWaitsAndTheProtectedClusterStays() {
        var fleet = new FleetProbe(ground, "kept");
        var manifests = new Manifests(ground.namespace, "kept");
        fleet.create(manifests.whole());
        fleet.awaitReady(Cluster.class, "kept");
        fleet.edit(Cluster.class, "kept", "{\"spec\":{\"deletionProtection\":true}}");
        fleet.delete(List.of(manifests.pool("sys", "System", 2)));
        fleet.awaitReason(MachinePool.class, "kept-sys", "Stalled", "LastSystemPool");
        fleet.delete(List.of(manifests.cluster(), manifests.controlPlane("1.33")));
        fleet.awaitReason(Cluster.class, "kept", "Stalled", "DeletionProtected");
        fleet.awaitReason(ManagedControlPlane.class, "kept", "Stalled", "DeletionProtected");
        assertThat(fleet.sent("DELETE", "managedClusters/kept")).isZero();
        fleet.edit(Cluster.class, "kept", "{\"spec\":{\"deletionProtection\":false}}");
        fleet.delete(manifests.whole());
        fleet.awaitNothingLeft(manifests.whole(), "kept");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void deletedInAnyOrderNothingIsLeft(int seed) {
        String name = "order" + seed;
        var fleet = new FleetProbe(ground, name);
        var manifests = new Manifests(ground.namespace, name);
        fleet.create(manifests.whole());
        fleet.awaitReady(Cluster.class, name);
        var order = new ArrayList<HasMetadata>(manifests.whole());
        Collections.shuffle(order, new Random(seed));
        fleet.delete(order);
        fleet.awaitNothingLeft(order, name);
    }
}
