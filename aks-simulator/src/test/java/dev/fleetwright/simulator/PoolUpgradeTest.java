package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.backend.NodeChange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolUpgradeTest {
    private static final String BLUE = Bench.POOL + "blue";

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

    /** A pool at an older version than its cluster. */
    private void create(int count, String more) {
        bench.arm.put(
                BLUE,
                Bench.properties("'mode':'User','vmSize':'Standard_D8s_v5','orchestratorVersion':'1.33.5','count':"
                        + count + more));
        bench.settle();
        assertThat(pool().at("/provisioningState").asText()).isEqualTo("Succeeded");
        cluster().log.clear();
        cluster().mostNodes = 0;
    }

    private Answer upgrade(int count, String more) {
        Answer accepted = bench.arm.put(
                BLUE, Bench.properties("'mode':'User','orchestratorVersion':'1.34.2','count':" + count + more));
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(200);
        assertThat(accepted.text("/properties/provisioningState")).isEqualTo("Upgrading");
        return accepted;
    }

    private JsonNode pool() {
        return bench.arm.get(BLUE).body().path("properties");
    }

    private int machines() {
        return bench.arm.get(BLUE + "/machines").body().path("value").size();
    }

    private String status(Answer accepted) {
        return bench.arm.get(accepted.header("Azure-AsyncOperation")).text("/status");
    }

    @Test
    void everyNodeIsReplacedInPlaceBehindASurgeNodeThatGoesInTheEnd() {
        create(3, "");
        var before = cluster().nodes("blue");
        Answer accepted = upgrade(3, "");
        bench.time.advance(Duration.ofMinutes(4));
        bench.arm.signedIn();
        assertThat(machines()).isEqualTo(4);
        assertThat(status(accepted)).isNotIn("Succeeded", "Failed");
        bench.settle();
        assertThat(status(accepted)).isEqualTo("Succeeded");
        assertThat(cluster().nodes("blue")).hasSameElementsAs(before);
        assertThat(cluster().versions("blue")).containsExactly("v1.34.2");
        assertThat(cluster().mostNodes).isEqualTo(2 + 4);
        String surge = cluster().log.getFirst().substring(4);
        assertThat(cluster().log)
                .filteredOn(line -> line.startsWith("drain"))
                .hasSize(4)
                .startsWith("drain " + before.stream().sorted().findFirst().orElseThrow());
        assertThat(cluster().log).endsWith("drain " + surge, "remove " + surge);
        assertThat(pool().path("count").asInt()).isEqualTo(3);
        assertThat(cluster().cordoned).isEmpty();
    }

    @Test
    void asManyNodesAreDrainedSideBySideAsThereAreSurgeNodes() {
        create(4, ",'upgradeSettings':{'maxSurge':'50%'}");
        upgrade(4, ",'upgradeSettings':{'maxSurge':'50%'}");
        bench.time.advance(Duration.ofMinutes(2));
        assertThat(cluster().log.stream().filter(line -> line.startsWith("drain")))
                .hasSize(2);
        bench.settle();
        assertThat(cluster().mostNodes).isEqualTo(2 + 6);
        assertThat(machines()).isEqualTo(4);
    }

    @Test
    void aDrainedNodeIsLeftToSoakBeforeItIsReimaged() {
        create(1, ",'upgradeSettings':{'maxSurge':'1','nodeSoakDurationInMinutes':20}");
        upgrade(1, ",'upgradeSettings':{'maxSurge':'1','nodeSoakDurationInMinutes':20}");
        bench.time.advance(Duration.ofMinutes(15));
        assertThat(cluster().log).hasSize(2).last().asString().startsWith("drain");
        bench.settle();
        assertThat(cluster().versions("blue")).containsExactly("v1.34.2");
    }

    @Test
    void aNodeThatCannotBeDrainedFailsTheUpgradeStaysAsItIsAndTakesPodsAgain() {
        create(3, "");
        String stuck = cluster().nodes("blue").getFirst();
        cluster().undrainable.add(stuck);
        Answer accepted = upgrade(3, "");
        bench.settle();
        assertThat(status(accepted)).isEqualTo("Failed");
        JsonNode operation =
                bench.arm.get(accepted.header("Azure-AsyncOperation")).body();
        assertThat(operation.at("/error/code").asText()).isEqualTo("UpgradeFailed");
        assertThat(operation.at("/error/message").asText()).contains(stuck, "30m0s", "disruption budget");
        assertThat(pool().path("provisioningState").asText()).isEqualTo("Failed");
        assertThat(cluster().versions("blue")).containsExactlyInAnyOrder("v1.33.5", "v1.34.2");
        assertThat(cluster().cordoned).isEmpty();
        assertThat(machines()).isEqualTo(3);
        // what people suffer from: the pool says that it is at the new version (reported)
        assertThat(pool().path("currentOrchestratorVersion").asText()).isEqualTo("1.34.2");
    }

    @Test
    void theNextUpdateOfAFailedPoolTriesAgainWhatIsLeft() {
        create(3, "");
        String stuck = cluster().nodes("blue").getFirst();
        cluster().undrainable.add(stuck);
        upgrade(3, "");
        bench.settle();
        cluster().undrainable.clear();
        cluster().log.clear();
        Answer again = bench.arm.put(BLUE, Bench.properties("'mode':'User','count':3"));
        bench.settle();
        assertThat(status(again)).isEqualTo("Succeeded");
        assertThat(cluster().versions("blue")).containsExactly("v1.34.2");
        assertThat(cluster().log)
                .filteredOn(line -> line.equals("drain " + stuck))
                .hasSize(1);
        assertThat(cluster().log).filteredOn(line -> line.startsWith("remove")).hasSize(2);
    }

    @Test
    void withCordonABlockedNodeIsQuarantinedAndItsSurgeNodeStays() {
        String settings = ",'upgradeSettings':{'maxSurge':'2','undrainableNodeBehavior':'Cordon'}";
        create(3, settings);
        String stuck = cluster().nodes("blue").getFirst();
        cluster().undrainable.add(stuck);
        Answer accepted = upgrade(3, settings);
        bench.settle();
        assertThat(status(accepted)).isEqualTo("Failed");
        assertThat(cluster().cordoned).containsExactly(stuck);
        assertThat(cluster().lastChange)
                .containsEntry(stuck, new NodeChange.Label("kubernetes.azure.com/upgrade-status", "Quarantined"));
        assertThat(machines()).isEqualTo(4);
        assertThat(pool().path("count").asInt()).isEqualTo(4);
    }

    @Test
    void withCordonAndTooFewSurgeNodesTheUpgradeIsCanceled() {
        String settings = ",'upgradeSettings':{'maxSurge':'1','undrainableNodeBehavior':'Cordon'}";
        create(3, settings);
        cluster().undrainable.add(cluster().nodes("blue").getFirst());
        Answer accepted = upgrade(3, settings);
        bench.settle();
        assertThat(status(accepted)).isEqualTo("Canceled");
        assertThat(pool().path("provisioningState").asText()).isEqualTo("Canceled");
    }

    @Test
    void spotNodesGetNoticeInsteadOfADrainAndNoSurge() {
        create(2, ",'scaleSetPriority':'Spot'");
        upgrade(2, ",'scaleSetPriority':'Spot'");
        bench.settle();
        assertThat(cluster().versions("blue")).containsExactly("v1.34.2");
        assertThat(cluster().log).noneMatch(line -> line.startsWith("drain"));
        assertThat(cluster().mostNodes).isLessThanOrEqualTo(2 + 2);
    }

    @Test
    void anAbortedUpgradeLeavesWhatItHasDone() {
        create(3, "");
        Answer accepted = upgrade(3, "");
        bench.time.advance(Duration.ofMinutes(4));
        bench.arm.signedIn();
        assertThat(bench.arm.post(BLUE + "/abort", "").status()).isEqualTo(202);
        bench.settle();
        assertThat(status(accepted)).isEqualTo("Canceled");
        assertThat(pool().path("provisioningState").asText()).isEqualTo("Canceled");
        assertThat(pool().path("count").asInt()).isEqualTo(machines());
        Answer again = bench.arm.put(BLUE, Bench.properties("'mode':'User','count':3"));
        bench.settle();
        assertThat(status(again)).isEqualTo("Succeeded");
        assertThat(machines()).isEqualTo(3);
        assertThat(cluster().versions("blue")).containsExactly("v1.34.2");
        assertThat(List.copyOf(cluster().nodes("blue"))).hasSize(3);
    }
}
