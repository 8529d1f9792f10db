package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTerm;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTermBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
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
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private static AksSimulator azure;
    private static Wire arm;
    private static KubernetesClient workload;

    @BeforeAll
    static void createCluster() {
        azure = AksSimulator.start(SimulatorOptions.in(folder)
                .withTimeScale(40)
                .withBackend(SimulatorOptions.Backend.LOCAL)
                .withSubscription(Wire.SUBSCRIPTION, Wire.TENANT)
                .withPrincipal(Wire.OPERATOR));
        arm = new Wire(azure).signedIn();
        assertThat(arm.put(Wire.RG, "{'location':'westeurope'}").status()).isEqualTo(201);
        succeed(arm.put(Wire.MC, Bench.cluster("sys", 2)));
        String kubeconfig = new String(
                Base64.getDecoder()
                        .decode(arm.post(Wire.MC + "/listClusterAdminCredential", "")
                                .text("/kubeconfigs/0/value")),
                StandardCharsets.UTF_8);
        workload = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .build();
    }

    @AfterAll
    static void stop() {
        if (workload != null) {
            workload.close();
        }
        arm.close();
        azure.close();
    }

    private static Answer finish(Answer accepted) {
        assertThat(accepted.status()).as(accepted.toString()).isBetween(200, 202);
        String operation = accepted.header("Azure-AsyncOperation");
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> arm.get(operation).body().has("endTime"));
        return arm.get(operation);
    }

    private static void succeed(Answer accepted) {
        Answer finished = finish(accepted);
        assertThat(finished.text("/status")).as(finished.toString()).isEqualTo("Succeeded");
    }

    private static List<Node> nodes(String pool) {
        return workload.nodes()
                .withLabel("kubernetes.azure.com/agentpool", pool)
                .list()
                .getItems();
    }

    private static void awaitReady(String pool, int count) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(nodes(pool))
                        .hasSize(count)
                        .allMatch(node -> node.getStatus().getConditions().stream()
                                .anyMatch(c -> c.getType().equals("Ready")
                                        && c.getStatus().equals("True"))));
    }

    private static List<Pod> pods() {
        return workload.pods()
                .inNamespace("default")
                .withLabel("app", "web")
                .list()
                .getItems();
    }

    private static void awaitRunning(int count) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(pods())
                        .hasSize(count)
                        .allMatch(pod -> pod.getStatus().getConditions().stream()
                                .anyMatch(c -> c.getType().equals("Ready")
                                        && c.getStatus().equals("True"))));
    }

    @Test
    @Order(1)
    void nodesOfTheSystemPoolBecomeReadyAndCarryWhatAksWrites() {
        awaitReady("sys", 2);
        Node node = nodes("sys").getFirst();
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
        assertThat(node.getStatus().getAllocatable().get("cpu").toString()).isEqualTo("3860m");
    }

    @Test
    @Order(2)
    void kubeSystemHasWhatAksPutsThere() {
        await().atMost(LONG).untilAsserted(() -> {
            for (String name : List.of("coredns", "metrics-server", "konnectivity-agent")) {
                assertThat(workload.apps()
                                .deployments()
                                .inNamespace("kube-system")
                                .withName(name)
                                .get()
                                .getStatus()
                                .getReadyReplicas())
                        .isEqualTo(2);
            }
            assertThat(workload.apps()
                            .daemonSets()
                            .inNamespace("kube-system")
                            .list()
                            .getItems())
                    .hasSize(6)
                    .allMatch(set -> set.getStatus().getNumberReady() == 2);
        });
        assertThat(workload.policy()
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
        succeed(
                arm.put(
                        Bench.POOL + "blue",
                        Bench.properties(
                                "'count':3,'mode':'User','vmSize':'Standard_D8s_v5','maxPods':110,"
                                    + "'availabilityZones':['1','2','3'],'nodeLabels':{'team':'a'},'nodeTaints':['x=y:NoSchedule']")));
        awaitReady("blue", 3);
        assertThat(nodes("blue"))
                .extracting(node -> node.getMetadata().getLabels().get("topology.kubernetes.io/zone"))
                .containsExactlyInAnyOrder("westeurope-1", "westeurope-2", "westeurope-3");
        assertThat(nodes("blue").getFirst().getSpec().getTaints())
                .anyMatch(
                        taint -> taint.getKey().equals("x") && taint.getValue().equals("y"));
        succeed(arm.put(Bench.POOL + "blue", Bench.properties("'count':2,'mode':'User','nodeLabels':{'team':'b'}")));
        awaitReady("blue", 2);
        assertThat(nodes("blue")).allSatisfy(node -> {
            assertThat(node.getMetadata().getLabels()).containsEntry("team", "b");
            assertThat(node.getSpec().getTaints())
                    .noneMatch(taint -> taint.getKey().equals("x"));
        });
        succeed(arm.put(Bench.POOL + "blue", Bench.properties("'count':3,'mode':'User','nodeLabels':{'team':'b'}")));
        awaitReady("blue", 3);
        assertThat(nodes("blue"))
                .extracting(node -> node.getSpec().getProviderID().replaceAll(".*/", ""))
                .containsExactlyInAnyOrder("0", "1", "3");
    }

    @Test
    @Order(4)
    void theDeletionOfAPoolDrainsItWithinTheBudgets() {
        succeed(arm.put(Bench.POOL + "green", Bench.pool(2)));
        awaitReady("green", 2);
        deployWeb(6, 2);
        awaitRunning(6);
        succeed(arm.put(Bench.POOL + "red", Bench.pool(2)));
        awaitReady("red", 2);
        succeed(arm.delete(Bench.POOL + "green"));
        assertThat(nodes("green")).isEmpty();
        assertThat(arm.get(Bench.POOL + "green").status()).isEqualTo(404);
        awaitRunning(6);
        assertThat(pods()).allMatch(pod -> !pod.getSpec().getNodeName().startsWith("aks-green-"));
    }

    @Test
    @Order(5)
    void aBudgetThatAllowsNothingFailsTheDeletionAfterTheLimit() {
        workload.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace("default")
                .withName("web")
                .edit(budget -> new PodDisruptionBudgetBuilder(budget)
                        .editSpec()
                        .withNewMaxUnavailable(0)
                        .endSpec()
                        .build());
        Answer failed = finish(arm.delete(Bench.POOL + "red"));
        assertThat(failed.text("/status")).isEqualTo("Failed");
        assertThat(failed.text("/error/code")).isEqualTo("PodDrainFailure");
        assertThat(failed.text("/error/message")).contains("within 10m0s").contains("disruption budget");
        assertThat(arm.get(Bench.POOL + "red").text("/properties/provisioningState"))
                .isEqualTo("Failed");
        succeed(arm.delete(Bench.POOL + "red?api-version=" + Wire.VERSION + "&ignore-pod-disruption-budget=true"));
        assertThat(nodes("red")).isEmpty();
    }

    @Test
    @Order(6)
    void nothingIsLeftOfADeletedCluster() {
        String key = azure.state().at("/clusters/0/key").asText();
        succeed(arm.delete(Wire.MC));
        JsonNode state = azure.state();
        assertThat(state.path("clusters")).isEmpty();
        assertThat(folder.resolve("clusters").resolve(key).resolve("audit.log")).exists();
    }

    /** Prefers the pool green, then red, then whatever there is. */
    private static void deployWeb(int replicas, int maxUnavailable) {
        Map<String, String> labels = Map.of("app", "web");
        var deployment = new DeploymentBuilder()
                .withNewMetadata()
                .withName("web")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withNewAffinity()
                .withNewNodeAffinity()
                .addToPreferredDuringSchedulingIgnoredDuringExecution(prefer("green", 100), prefer("red", 50))
                .endNodeAffinity()
                .endAffinity()
                .addNewContainer()
                .withName("web")
                .withImage("web")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
        var budget = new PodDisruptionBudgetBuilder()
                .withNewMetadata()
                .withName("web")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withNewMaxUnavailable(maxUnavailable)
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .endSpec()
                .build();
        workload.resource(budget).create();
        workload.resource(deployment).create();
    }

    private static PreferredSchedulingTerm prefer(String pool, int weight) {
        return new PreferredSchedulingTermBuilder()
                .withWeight(weight)
                .withNewPreference()
                .addNewMatchExpression()
                .withKey("kubernetes.azure.com/agentpool")
                .withOperator("In")
                .withValues(pool)
                .endMatchExpression()
                .endPreference()
                .build();
    }
}
