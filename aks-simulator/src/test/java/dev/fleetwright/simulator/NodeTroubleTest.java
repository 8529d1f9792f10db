package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.backend.NodeChange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTroubleTest {
    private static final String BLUE = Bench.POOL + "blue";
    private static final String CAPACITY = "/simulator/capacity";

    @TempDir
    Path folder;

    private @Nullable FakeCluster made;
    private Bench bench;

    @BeforeEach
    void start() {
        bench = Bench.with(folder, time -> made = new FakeCluster(time)).withCluster();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private FakeCluster cluster() {
        return Objects.requireNonNull(made);
    }

    private Answer create(int count, String more) {
        return bench.arm.put(
                BLUE, Bench.properties("'mode':'User','vmSize':'Standard_D8s_v5','count':" + count + more));
    }

    private void pass(Duration time) {
        bench.time.advance(time);
        bench.arm.signedIn();
    }

    private JsonNode operation(Answer accepted) {
        return bench.arm.get(accepted.header("Azure-AsyncOperation")).body();
    }

    private String status(Answer accepted) {
        return operation(accepted).path("status").asText();
    }

    private String nodes() {
        return "/simulator/clusters/"
                + bench.simulator.state().at("/clusters/0/key").asText() + "/nodes";
    }

    @Test
    void theNodesOfAClusterCanBeReadWithoutKubernetes() {
        create(1, ",'nodeTaints':['x=y:NoSchedule']");
        bench.settle();
        JsonNode list = bench.arm.get(nodes()).body();
        assertThat(list.path("kind").asText()).isEqualTo("NodeList");
        assertThat(list.path("items")).hasSize(3);
        JsonNode blue = list.at("/items/2");
        assertThat(blue.at("/metadata/labels/agentpool").asText()).isEqualTo("blue");
        assertThat(blue.at("/spec/taints/0/key").asText()).isEqualTo("x");
        assertThat(blue.at("/spec/providerID").asText()).startsWith("azure:///subscriptions/");
        assertThat(blue.at("/status/capacity/cpu").asText()).isEqualTo("8");
        assertThat(bench.arm.get("/simulator/clusters/none/nodes").status()).isEqualTo(404);
    }

    @Test
    void aSpotMachineIsTakenBackAfterHalfAMinutesNoticeAndThePoolIsSmaller() {
        create(2, ",'scaleSetPriority':'Spot'");
        bench.settle();
        String node = cluster().nodes("blue").getFirst();
        assertThat(bench.arm.post(nodes() + "/" + node + "/evict", "").status()).isEqualTo(202);
        pass(Duration.ofSeconds(29));
        assertThat(cluster().nodes("blue")).contains(node);
        assertThat(cluster().lastChange.get(node)).isInstanceOf(NodeChange.PutTaint.class);
        pass(Duration.ofSeconds(2));
        assertThat(cluster().nodes("blue")).hasSize(1).doesNotContain(node);
        assertThat(bench.arm.get(BLUE).body().at("/properties/count").asInt()).isEqualTo(1);
        assertThat(bench.arm.get(BLUE).text("/properties/provisioningState")).isEqualTo("Succeeded");
    }

    @Test
    void aDeallocatedSpotMachineStaysAndDoesNotRun() {
        create(1, ",'scaleSetPriority':'Spot','scaleSetEvictionPolicy':'Deallocate'");
        bench.settle();
        String node = cluster().nodes("blue").getFirst();
        bench.arm.post(nodes() + "/" + node + "/evict", "");
        pass(Duration.ofMinutes(1));
        assertThat(cluster().lastChange).containsEntry(node, new NodeChange.Kubelet(false));
        assertThat(bench.arm.get(BLUE).body().at("/properties/count").asInt()).isEqualTo(1);
    }

    @Test
    void onlySpotMachinesAreTakenBack() {
        create(1, "");
        bench.settle();
        String node = cluster().nodes("blue").getFirst();
        assertThat(bench.arm.post(nodes() + "/" + node + "/evict", "").status()).isEqualTo(409);
    }

    @Test
    void aMachineThatBootsLateHoldsTheOperationUp() {
        bench.arm.post("/simulator/boots", "{'pool':'blue$','lateSeconds':1200}");
        Answer accepted = create(2, "");
        pass(Duration.ofMinutes(15));
        assertThat(status(accepted)).isEqualTo("CreatingAgentPool: 1/2 nodes completed");
        pass(Duration.ofMinutes(10));
        assertThat(status(accepted)).isEqualTo("Succeeded");
    }

    @Test
    void aMachineThatNeverBecomesANodeFailsTheOperation() {
        bench.arm.post("/simulator/boots", "{'pool':'blue$','never':true}");
        Answer accepted = create(2, "");
        pass(Duration.ofMinutes(40));
        assertThat(operation(accepted).at("/error/code").asText()).isEqualTo("VMExtensionProvisioningTimeout");
        assertThat(bench.arm.get(BLUE).text("/properties/provisioningState")).isEqualTo("Failed");
    }

    @Test
    void aPoolThatAzureIsShortOfScalesForLongAndGoesOnWhenThereIsRoomAgain() {
        create(1, "");
        bench.settle();
        bench.arm.post(CAPACITY, "{'vmSize':'Standard_D8s_v5','most':2}");
        Answer accepted = create(3, "");
        pass(Duration.ofMinutes(30));
        assertThat(cluster().nodes("blue")).hasSize(2);
        assertThat(bench.arm.get(BLUE).text("/properties/provisioningState")).isEqualTo("Scaling");
        assertThat(create(3, ",'nodeLabels':{'a':'b'}").status()).isEqualTo(409);
        bench.arm.delete(CAPACITY);
        pass(Duration.ofMinutes(5));
        assertThat(status(accepted)).isEqualTo("Succeeded");
        assertThat(cluster().nodes("blue")).hasSize(3);
    }

    @Test
    void whatAzureStaysShortOfFailsTheOperationInTheEnd() {
        bench.arm.post(CAPACITY, "{'zone':'1','most':0}");
        Answer accepted = create(3, ",'availabilityZones':['1','2']");
        pass(Duration.ofMinutes(90));
        assertThat(operation(accepted).at("/error/code").asText()).isEqualTo("ZonalAllocationFailed");
        assertThat(bench.arm.get(CAPACITY).body().at("/value/0/zone").asText()).isEqualTo("1");
    }

    @Test
    void anUpgradeWithoutRoomForItsSurgeNodeFails() {
        create(2, ",'orchestratorVersion':'1.33.5'");
        bench.settle();
        bench.arm.post(CAPACITY, "{'vmSize':'Standard_D8s_v5','most':2}");
        Answer accepted = create(2, ",'orchestratorVersion':'1.34.2'");
        pass(Duration.ofMinutes(30));
        assertThat(operation(accepted).at("/error/code").asText()).isEqualTo("AllocationFailed");
        assertThat(cluster().versions("blue")).containsExactly("v1.33.5");
    }
}
