package dev.fleetwright.simulator;

import static dev.fleetwright.simulator.LocalFleet.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.api.model.storage.VolumeAttachment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One cluster on a real API server, from its creation to its end. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LocalBackendIT {
    private static final String CLUSTER = """
        {'location':'westeurope','identity':{'type':'SystemAssigned'},'properties':{'dnsPrefix':'weu',
         'kubernetesVersion':'1.34.2',
         'autoScalerProfile':{'scale-down-unneeded-time':'1m','scale-down-delay-after-add':'1m'},
         'agentPoolProfiles':[{'name':'sys','mode':'System','count':2,'vmSize':'Standard_D4s_v5'}]}}
        """;
    private static final String GREEN = Bench.POOL + "green";

    @TempDir
    static Path folder;

    private static LocalFleet fleet;

    @BeforeAll
    static void createCluster() {
        fleet = new LocalFleet(folder, 80, CLUSTER);
    }

    @AfterAll
    static void stop() {
        if (fleet != null) {
            fleet.close();
        }
    }

    private static void put(String pool, String properties) {
        fleet.succeed(fleet.arm.put(Bench.POOL + pool, Bench.properties(properties)));
    }

    @Test
    @Order(1)
    void nodesOfTheSystemPoolBecomeReadyAndCarryWhatAksWrites() {
        fleet.awaitReady("sys", 2);
        Node node = fleet.nodes("sys").getFirst();
        assertThat(node.getMetadata().getName()).matches("aks-sys-[0-9]{8}-vmss00000[01]");
        assertThat(node.getMetadata().getLabels())
                .containsEntry("agentpool", "sys")
                .containsEntry("kubernetes.azure.com/mode", "system")
                .containsEntry("node.kubernetes.io/instance-type", "Standard_D4s_v5")
                .containsEntry("topology.kubernetes.io/zone", "0")
                .containsEntry("kubernetes.azure.com/cluster", "MC_rg_weu_westeurope");
        assertThat(node.getSpec().getProviderID())
                .matches("azure:///subscriptions/" + Wire.SUBSCRIPTION
                        + "/resourceGroups/mc_rg_weu_westeurope/providers/Microsoft.Compute/virtualMachineScaleSets"
                        + "/aks-sys-[0-9]{8}-vmss/virtualMachines/[01]");
        assertThat(node.getStatus().getNodeInfo().getKubeletVersion()).isEqualTo("v1.34.2");
        assertThat(node.getStatus().getCapacity().get("cpu").getAmount()).isEqualTo("4");
        assertThat(node.getStatus().getConditions())
                .extracting(condition -> condition.getType() + "=" + condition.getStatus())
                .contains("Ready=True", "KernelDeadlock=False", "VMEventScheduled=False");
        assertThat(node.getStatus().getAllocatable().get("cpu").toString()).isEqualTo("3860m");
    }

    @Test
    @Order(2)
    void kubeSystemHasWhatAksPutsThere() {
        soon(() -> {
            for (String name : List.of("coredns", "metrics-server", "konnectivity-agent")) {
                assertThat(fleet.workload
                                .apps()
                                .deployments()
                                .inNamespace("kube-system")
                                .withName(name)
                                .get()
                                .getStatus()
                                .getReadyReplicas())
                        .isEqualTo(2);
            }
            assertThat(fleet.workload
                            .apps()
                            .daemonSets()
                            .inNamespace("kube-system")
                            .list()
                            .getItems())
                    .hasSize(6)
                    .allMatch(set -> set.getStatus().getNumberReady() == 2);
        });
        assertThat(fleet.workload
                        .policy()
                        .v1()
                        .podDisruptionBudget()
                        .inNamespace("kube-system")
                        .list()
                        .getItems())
                .hasSize(3);
    }

    @Test
    @Order(3)
    void aPoolIsCreatedScaledAndRelabelledOnItsNodes() {
        String blue = "'mode':'User','vmSize':'Standard_D8s_v5','maxPods':110,'availabilityZones':['1','2','3'],";
        put("blue", blue + "'count':3,'nodeLabels':{'team':'a'},'nodeTaints':['x=y:NoSchedule']");
        fleet.awaitReady("blue", 3);
        assertThat(fleet.nodes("blue"))
                .extracting(node -> node.getMetadata().getLabels().get("topology.kubernetes.io/zone"))
                .containsExactlyInAnyOrder("westeurope-1", "westeurope-2", "westeurope-3");
        assertThat(fleet.nodes("blue").getFirst().getSpec().getTaints())
                .anyMatch(
                        taint -> taint.getKey().equals("x") && taint.getValue().equals("y"));
        put("blue", "'count':2,'mode':'User','nodeLabels':{'team':'b'}");
        fleet.awaitReady("blue", 2);
        assertThat(fleet.nodes("blue")).allSatisfy(node -> {
            assertThat(node.getMetadata().getLabels()).containsEntry("team", "b");
            assertThat(node.getSpec().getTaints())
                    .noneMatch(taint -> taint.getKey().equals("x"));
        });
        put("blue", "'count':3,'mode':'User','nodeLabels':{'team':'b'}");
        fleet.awaitReady("blue", 3);
        assertThat(fleet.nodes("blue"))
                .extracting(node -> node.getSpec().getProviderID().replaceAll(".*/", ""))
                .containsExactlyInAnyOrder("0", "1", "3");
    }

    private static List<VolumeAttachment> attachments() {
        return fleet.workload.storage().v1().volumeAttachments().list().getItems();
    }

    @Test
    @Order(4)
    void aPodWithADiskStartsOnceTheDiskIsAttachedToItsNode() {
        put("green", "'mode':'User','vmSize':'Standard_D8s_v5','count':2,'orchestratorVersion':'1.33.5'");
        fleet.awaitReady("green", 2);
        fleet.deploy();
        fleet.awaitRunning("web", 4);
        fleet.awaitRunning("db", 1);
        Pod db = fleet.pods("db").getFirst();
        assertThat(attachments()).singleElement().satisfies(attachment -> {
            assertThat(attachment.getSpec().getAttacher()).isEqualTo("disk.csi.azure.com");
            assertThat(attachment.getSpec().getNodeName())
                    .isEqualTo(db.getSpec().getNodeName());
            assertThat(attachment.getStatus().getAttached()).isTrue();
        });
        assertThat(fleet.workload.persistentVolumes().list().getItems())
                .singleElement()
                .satisfies(volume -> assertThat(volume.getSpec().getCsi().getVolumeHandle())
                        .matches("/subscriptions/.*/providers/Microsoft.Compute/disks/pvc-.*"));
    }

    @Test
    @Order(5)
    void anUpgradeMovesThePodsBehindASurgeNodeAndTheDiskFollows() {
        var before = fleet.nodes("green").stream()
                .map(node -> node.getMetadata().getName())
                .toList();
        // pods move at the pace of this machine: the usual 30 minutes for a drain are 22 s at this time scale
        put(
                "green",
                "'mode':'User','count':2,'orchestratorVersion':'1.34.2',"
                        + "'upgradeSettings':{'maxSurge':'100%','drainTimeoutInMinutes':240}");
        assertThat(fleet.nodes("green"))
                .allMatch(node ->
                        node.getStatus().getNodeInfo().getKubeletVersion().equals("v1.34.2"))
                .extracting(node -> node.getMetadata().getName())
                .hasSameElementsAs(before);
        fleet.awaitRunning("web", 4);
        fleet.awaitRunning("db", 1);
        String node = fleet.pods("db").getFirst().getSpec().getNodeName();
        soon(() -> assertThat(attachments())
                .singleElement()
                .satisfies(attachment ->
                        assertThat(attachment.getSpec().getNodeName()).isEqualTo(node)));
        assertThat(fleet.workload.v1().events().inNamespace("default").list().getItems())
                .extracting(event -> event.getReason())
                .contains("Surge", "Drain", "RemovingSurgeNode", "SuccessfulAttachVolume");
    }

    @Test
    @Order(6)
    void aBudgetThatAllowsNothingQuarantinesTheNodeUnderCordon() {
        fleet.workload
                .policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace("default")
                .withName("web")
                .edit(budget -> new PodDisruptionBudgetBuilder(budget)
                        .editSpec()
                        .withNewMaxUnavailable(0)
                        .endSpec()
                        .build());
        Answer failed = fleet.finish(fleet.arm.put(GREEN, Bench.properties("""
            'mode':'User','count':2,'osSKU':'AzureLinux','upgradeSettings':{'maxSurge':'2',
             'drainTimeoutInMinutes':1,'undrainableNodeBehavior':'Cordon'}\
            """)));
        assertThat(failed.text("/status")).as(failed.toString()).isEqualTo("Failed");
        assertThat(failed.text("/error/message")).contains("within 1m0s").contains("disruption budget");
        assertThat(fleet.nodes("green"))
                .filteredOn(node ->
                        "Quarantined".equals(node.getMetadata().getLabels().get("kubernetes.azure.com/upgrade-status")))
                .isNotEmpty()
                .allMatch(node -> Boolean.TRUE.equals(node.getSpec().getUnschedulable()));
    }

    @Test
    @Order(7)
    void aDeletionThatIgnoresBudgetsEmptiesThePool() {
        fleet.succeed(fleet.arm.delete(GREEN + "?api-version=" + Wire.VERSION + "&ignore-pod-disruption-budget=true"));
        assertThat(fleet.nodes("green")).isEmpty();
        assertThat(fleet.arm.get(GREEN).status()).isEqualTo(404);
        fleet.workload.apps().deployments().inNamespace("default").delete();
        soon(() -> assertThat(attachments()).isEmpty());
    }

    @Test
    @Order(8)
    void theAutoscalerAddsNodesForPodsThatWaitAndTakesThemAwayAgain() {
        put(
                "auto",
                "'mode':'User','vmSize':'Standard_D4s_v5','count':1,'enableAutoScaling':true,'minCount':1,"
                        + "'maxCount':3");
        fleet.apply("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: big}
            spec:
              replicas: 2
              selector: {matchLabels: {app: big}}
              template:
                metadata: {labels: {app: big}}
                spec:
                  nodeSelector: {agentpool: auto}
                  containers: [{name: big, image: big, resources: {requests: {cpu: 2500m}}}]
            """);
        fleet.awaitRunning("big", 2);
        assertThat(fleet.nodes("auto")).hasSize(2);
        assertThat(fleet.arm
                        .get(Bench.POOL + "auto")
                        .body()
                        .at("/properties/count")
                        .asInt())
                .isEqualTo(2);
        fleet.workload.apps().deployments().inNamespace("default").delete();
        soon(() -> assertThat(fleet.nodes("auto")).hasSize(1));
        soon(() -> assertThat(statusMap().getData().get("status"))
                .contains("autoscalerStatus: \"Running\"")
                .containsPattern("name: \"aks-auto-[0-9]{8}-vmss\"")
                .contains("cloudProviderTarget: 1")
                .contains("status: \"NoCandidates\""));
        assertThat(statusMap().getMetadata().getAnnotations())
                .containsKey("cluster-autoscaler.kubernetes.io/last-updated");
        // a second has several scans
        var version = new AtomicReference<>("");
        await().atMost(LocalFleet.LONG).during(Duration.ofSeconds(1)).until(() -> {
            String now = statusMap().getMetadata().getResourceVersion();
            return version.getAndSet(now).equals(now);
        });
        soon(() -> assertThat(fleet.arm
                        .get(Bench.POOL + "auto")
                        .body()
                        .at("/properties/count")
                        .asInt())
                .isEqualTo(1));
    }

    private static ConfigMap statusMap() {
        return fleet.workload
                .configMaps()
                .inNamespace("kube-system")
                .withName("cluster-autoscaler-status")
                .require();
    }

    @Test
    @Order(9)
    void aSpotNodeIsToldBeforeItIsTakenBack() {
        put("spot", "'mode':'User','vmSize':'Standard_D8s_v5','count':1,'scaleSetPriority':'Spot'");
        fleet.awaitReady("spot", 1);
        String node = fleet.nodes("spot").getFirst().getMetadata().getName();
        String nodes = "/simulator/clusters/" + fleet.key() + "/nodes";
        assertThat(fleet.arm.get(nodes).body().toString()).contains(node);
        assertThat(fleet.arm.post(nodes + "/" + node + "/evict", "").status()).isEqualTo(202);
        soon(() -> assertThat(fleet.nodes("spot")).isEmpty());
        assertThat(fleet.arm
                        .get(Bench.POOL + "spot")
                        .body()
                        .at("/properties/count")
                        .asInt())
                .isZero();
    }

    @Test
    @Order(10)
    void nothingIsLeftOfADeletedCluster() {
        String key = fleet.key();
        fleet.succeed(fleet.arm.delete(Wire.MC));
        assertThat(fleet.azure.state().path("clusters")).isEmpty();
        assertThat(folder.resolve("clusters").resolve(key).resolve("audit.log")).exists();
    }
}
