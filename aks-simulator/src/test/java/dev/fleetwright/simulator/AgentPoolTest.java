package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.http.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AgentPoolTest {
    private static final String SPOT = "'count':1,'vmSize':'Standard_D8s_v5','scaleSetPriority':'Spot'";

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(folder).withCluster();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private Answer put(String name, String fields) {
        return bench.arm.put(Bench.POOL + name, Bench.properties(fields));
    }

    private List<String> machines(String pool) {
        return bench.arm
                .get(Bench.POOL + pool + "/machines")
                .body()
                .path("value")
                .findValuesAsText("resourceId");
    }

    @Test
    void aPoolIsCreatedWithMachinesThatAreNamedAsAksNamesThem() {
        bench.withPool("blue", 3);
        JsonNode machines = bench.arm.get(Bench.POOL + "blue/machines").body().path("value");
        assertThat(machines).hasSize(3);
        assertThat(machines.at("/0/name").asText()).matches("aks-blue-[0-9]{8}-vmss000000");
        assertThat(machines.at("/2/properties/resourceId").asText())
                .matches(".*/virtualMachineScaleSets/aks-blue-[0-9]{8}-vmss/virtualMachines/2");
    }

    @Test
    void instanceNumbersOverlapBetweenPools() {
        bench.withPool("blue", 2).withPool("red", 2);
        var blue = machines("blue").stream()
                .map(id -> id.substring(id.lastIndexOf('/')))
                .toList();
        var red = machines("red").stream()
                .map(id -> id.substring(id.lastIndexOf('/')))
                .toList();
        assertThat(blue).isEqualTo(red);
        assertThat(machines("blue")).doesNotContainAnyElementsOf(machines("red"));
    }

    @Test
    void replyAndReadDifferAsRecorded() {
        JsonNode created = bench.arm.put(Bench.POOL + "blue", Bench.pool(1)).body();
        assertThat(created.at("/properties/nodeLabels").isObject()).isTrue();
        assertThat(created.at("/properties/tags").isObject()).isTrue();
        String before = created.at("/properties/eTag").asText();
        bench.settle();
        JsonNode read = bench.arm.get(Bench.POOL + "blue").body();
        assertThat(read.at("/properties/nodeLabels").isMissingNode()).isTrue();
        assertThat(read.at("/properties/enableAutoScaling").isBoolean()).isTrue();
        assertThat(read.at("/properties/eTag").asText()).isNotEmpty().isNotEqualTo(before);
        assertThat(read.path("type").asText()).isEqualTo("Microsoft.ContainerService/managedClusters/agentPools");
    }

    @Test
    void scalingKeepsTheOldestMachinesAndNeverReusesANumber() {
        bench.withPool("blue", 3);
        Answer down = put("blue", "'count':1,'mode':'User'");
        assertThat(down.text("/properties/provisioningState")).isEqualTo("Scaling");
        bench.settle();
        put("blue", "'count':2,'mode':'User'");
        bench.settle();
        assertThat(machines("blue"))
                .map(id -> id.substring(id.lastIndexOf('/') + 1))
                .containsExactly("0", "3");
        assertThat(bench.arm.get(Bench.POOL + "blue").text("/properties/provisioningState"))
                .isEqualTo("Succeeded");
    }

    @Test
    void zonesAreFilledEvenly() {
        put("blue", "'count':6,'vmSize':'Standard_D8s_v5','availabilityZones':['1','2','3']");
        bench.settle();
        JsonNode machines = bench.arm.get(Bench.POOL + "blue/machines").body().path("value");
        var zones = machines.findValues("zones").stream()
                .map(zone -> zone.get(0).asText())
                .toList();
        assertThat(zones).containsExactly("1", "2", "3", "1", "2", "3");
    }

    static Stream<Arguments> refusals() {
        String size = "'vmSize':'Standard_D8s_v5'";
        return Stream.of(
                Arguments.of("Blue", "'count':1," + size, "InvalidParameter", "agentPoolProfile.name"),
                Arguments.of("averylongname", "'count':1," + size, "InvalidParameter", "agentPoolProfile.name"),
                Arguments.of(
                        "toolong", "'count':1,'osType':'Windows'," + size, "InvalidParameter", "at most 6 characters"),
                Arguments.of(
                        "blue",
                        "'count':1,'vmSize':'Standard_Z9'",
                        "BadRequest",
                        "is not allowed in your subscription"),
                Arguments.of("blue", "'count':1001," + size, "InvalidParameter", "agentPoolProfile.count"),
                Arguments.of("blue", "'count':1,'maxPods':9," + size, "InvalidParameter", "agentPoolProfile.maxPods"),
                Arguments.of("blue", "'count':1,'osDiskType':'Tape'," + size, "InvalidParameter", "osDiskType"),
                Arguments.of("blue", "'count':1,'minCount':1," + size, "InvalidParameter", "enableAutoScaling"),
                Arguments.of(
                        "blue",
                        "'enableAutoScaling':true,'minCount':1,'maxCount':3," + size,
                        "InvalidParameter",
                        "count is required"),
                Arguments.of(
                        "blue",
                        "'count':1,'enableAutoScaling':true,'minCount':5,'maxCount':3," + size,
                        "InvalidParameter",
                        "does not hold"),
                Arguments.of(
                        "blue",
                        "'count':1,'mode':'System','scaleSetPriority':'Spot'," + size,
                        "InvalidParameter",
                        "Spot"),
                Arguments.of(
                        "blue", "'count':1,'mode':'System','osType':'Windows'," + size, "InvalidParameter", "Linux"),
                Arguments.of(
                        "blue", "'count':1,'mode':'System','vmSize':'Standard_B4ms'", "InvalidParameter", "B series"),
                Arguments.of("blue", "'count':1,'mode':'System','maxPods':20," + size, "InvalidParameter", "maxPods"),
                Arguments.of("blue", "'count':0,'mode':'System'," + size, "InvalidParameter", "at least 1 node"),
                Arguments.of("blue", SPOT + ",'upgradeSettings':{'maxSurge':'1'}", "InvalidParameter", "max surge"),
                Arguments.of("blue", "'count':1,'spotMaxPrice':1," + size, "InvalidParameter", "Spot"),
                Arguments.of(
                        "blue", "'count':1,'availabilityZones':['4']," + size, "InvalidParameter", "availabilityZones"),
                Arguments.of("blue", "'count':1,'nodeTaints':['x']," + size, "InvalidParameter", "nodeTaints"),
                Arguments.of(
                        "blue",
                        "'count':1,'nodeLabels':{'kubernetes.azure.com/mode':'x'}," + size,
                        "InvalidParameter",
                        "reserved"),
                Arguments.of(
                        "blue",
                        "'count':1,'orchestratorVersion':'1.35.4'," + size,
                        "NodePoolMcVersionIncompatible",
                        ""),
                Arguments.of(
                        "blue", "'count':1,'orchestratorVersion':'1.34.77'," + size, "K8sVersionNotSupported", ""));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatAzureWouldRefuseIsRefusedWithTheProvidersEnvelope(
            String name, String fields, String code, String message) {
        Answer answer = put(name, fields);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.text("/code")).isEqualTo(code);
        assertThat(answer.text("/message")).contains(message);
        assertThat(answer.body().path("details").isNull()).isTrue();
        assertThat(bench.arm.get(Bench.POOL + name).status()).isEqualTo(404);
    }

    @Test
    void immutablePropertiesAreRefused() {
        bench.withPool("blue", 1);
        Answer size = put("blue", "'count':1,'vmSize':'Standard_D16s_v5'");
        assertThat(size.status()).isEqualTo(400);
        assertThat(size.code()).isEqualTo("PropertyChangeNotAllowed");
        assertThat(size.text("/target")).isEqualTo("properties.vmSize");
        assertThat(put("blue", "'count':1,'maxPods':30").code()).isEqualTo("PropertyChangeNotAllowed");
        Answer priority = put("blue", "'count':1,'scaleSetPriority':'Spot'");
        assertThat(priority.message()).startsWith("ScaleSetPriority is immutable. Provided value is Spot");
        assertThat(put("blue", "'count':1,'vmSize':'standard_d8s_V5','maxPods':250")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void labelsAreReplacedAsAWholeAndNullsMeanNothing() {
        put("blue", "'count':1,'vmSize':'Standard_D8s_v5','nodeLabels':{'a':'1','b':'2'},'nodeTaints':null");
        bench.settle();
        put("blue", "'count':1,'nodeLabels':{'a':'3'},'vmSize':null");
        bench.settle();
        JsonNode labels = bench.arm.get(Bench.POOL + "blue").body().at("/properties/nodeLabels");
        assertThat(labels).isEqualTo(Json.object().put("a", "3"));
    }

    @Test
    void spotPoolsGetALabelAndATaintThatNobodySent() {
        JsonNode created = put("spot", SPOT).body();
        assertThat(created.at("/properties/nodeLabels/kubernetes.azure.com~1scalesetpriority")
                        .asText())
                .isEqualTo("spot");
        assertThat(created.at("/properties/nodeTaints/0").asText())
                .isEqualTo("kubernetes.azure.com/scalesetpriority=spot:NoSchedule");
        bench.settle();
        JsonNode read = bench.arm.get(Bench.POOL + "spot").body();
        assertThat(bench.arm.put(Bench.POOL + "spot", read.toString()).status()).isEqualTo(200);
    }

    @Test
    void theLastSystemPoolStays() {
        bench.withPool("blue", 1);
        assertThat(bench.arm.delete(Bench.POOL + "sys").code()).isEqualTo("OperationNotAllowed");
        assertThat(put("sys", "'count':2,'mode':'User'").code()).isEqualTo("OperationNotAllowed");
        put("blue", "'count':1,'mode':'System'");
        bench.settle();
        assertThat(bench.arm.delete(Bench.POOL + "sys").status()).isEqualTo(202);
        bench.settle();
        assertThat(bench.arm.get(Bench.POOL + "sys").status()).isEqualTo(404);
    }

    @Test
    void missingPoolsAndClustersAreToldApart() {
        Answer pool = bench.arm.get(Bench.POOL + "nope");
        assertThat(pool.status()).isEqualTo(404);
        assertThat(pool.text("/code")).isEqualTo("NotFound");
        assertThat(pool.text("/subcode")).isEqualTo("GetAgentPool_NotFound_HCPServerError");
        assertThat(pool.header("x-ms-failure-cause")).isEmpty();
        Answer parent = bench.arm.get(Wire.MC + "x/agentPools/nope");
        assertThat(parent.text("/error/code")).isEqualTo("ParentResourceNotFound");
        assertThat(bench.arm.delete(Bench.POOL + "nope").status()).isEqualTo(204);
    }

    @Test
    void machinesAreDeletedByName() {
        bench.withPool("blue", 3);
        String second = bench.arm.get(Bench.POOL + "blue/machines").text("/value/1/name");
        Answer accepted = bench.arm.post(Bench.POOL + "blue/deleteMachines", "{'machineNames':['" + second + "']}");
        assertThat(accepted.status()).isEqualTo(202);
        bench.settle();
        assertThat(bench.arm
                        .get(Bench.POOL + "blue/machines")
                        .body()
                        .path("value")
                        .findValuesAsText("name"))
                .hasSize(2)
                .doesNotContain(second);
        assertThat(bench.arm
                        .get(Bench.POOL + "blue")
                        .body()
                        .at("/properties/count")
                        .asInt())
                .isEqualTo(2);
        assertThat(bench.arm
                        .post(Bench.POOL + "blue/deleteMachines", "{'machineNames':['x']}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aPoolIsRolledToTheControlPlanesVersion() {
        bench.withPool("blue", 2);
        bench.arm.put(Wire.MC, "{'location':'westeurope','properties':{'kubernetesVersion':'1.35.4'}}");
        bench.settle();
        Answer accepted = put("blue", "'count':2,'orchestratorVersion':'1.35.4'");
        assertThat(accepted.text("/properties/provisioningState")).isEqualTo("Upgrading");
        bench.settle();
        Answer read = bench.arm.get(Bench.POOL + "blue");
        assertThat(read.text("/properties/provisioningState")).isEqualTo("Succeeded");
        assertThat(read.text("/properties/currentOrchestratorVersion")).isEqualTo("1.35.4");
        assertThat(put("blue", "'count':2,'orchestratorVersion':'1.34.2'").code())
                .isEqualTo("OperationNotAllowed");
    }

    @Test
    void aCreationTakesAboutTwoMinutesOfAzureTime() {
        Answer created = bench.arm.put(Bench.POOL + "blue", Bench.pool(1));
        bench.time.advance(Duration.ofSeconds(100));
        assertThat(bench.arm.get(created.header("Azure-AsyncOperation")).text("/status"))
                .isEqualTo("CreatingAgentPool: 0/1 nodes completed");
        bench.time.advance(Duration.ofSeconds(150));
        assertThat(bench.arm.get(created.header("Azure-AsyncOperation")).text("/status"))
                .isEqualTo("Succeeded");
    }

    @Test
    void anAbortedCreationLeavesWhatHasBooted() {
        bench.arm.put(Bench.POOL + "blue", Bench.pool(3));
        bench.time.advance(Duration.ofSeconds(70));
        assertThat(bench.arm.post(Bench.POOL + "blue/abort", "").status()).isEqualTo(202);
        bench.settle();
        Answer read = bench.arm.get(Bench.POOL + "blue");
        assertThat(read.text("/properties/provisioningState")).isEqualTo("Canceled");
        assertThat(machines("blue")).isEmpty();
    }
}
