package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoscalingTest {
    private static final String BLUE = Bench.POOL + "blue";
    private static final String SCALED =
            "'mode':'User','vmSize':'Standard_D8s_v5','enableAutoScaling':true,'minCount':1,'maxCount':4,'count':1";

    @TempDir
    Path folder;

    private @Nullable FakeCluster made;
    private Bench bench;

    @BeforeEach
    void start() {
        bench = Bench.with(folder, time -> made = new FakeCluster(time)).withCluster();
        bench.arm.put(BLUE, Bench.properties(SCALED));
        pass(5);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private FakeCluster cluster() {
        return Objects.requireNonNull(made);
    }

    private void pass(int minutes) {
        bench.time.advance(Duration.ofMinutes(minutes));
        bench.arm.signedIn();
    }

    private int count() {
        return bench.arm.get(BLUE).body().at("/properties/count").asInt();
    }

    @Test
    void aPoolGrowsForPodsThatFindNoNodeUpToItsMaximum() {
        for (int i = 0; i < 6; i++) {
            cluster().addPod("pod" + i, "blue");
        }
        pass(4);
        assertThat(cluster().nodes("blue")).hasSize(4);
        assertThat(cluster().running()).isEqualTo(4);
        assertThat(count()).isEqualTo(4);
    }

    @Test
    void idleNodesGoAfterTenMinutesDownToTheMinimum() {
        cluster().addPod("one", "blue");
        cluster().addPod("two", "blue");
        cluster().addPod("three", "blue");
        pass(4);
        assertThat(count()).isEqualTo(3);
        cluster().removePods();
        pass(8);
        assertThat(count()).isEqualTo(3);
        pass(4);
        assertThat(count()).isEqualTo(1);
        assertThat(cluster().nodes("blue")).hasSize(1);
    }

    private void open(UnaryOperator<SimulatorOptions> change, ManualTimeline time) {
        bench.close();
        bench = new Bench(folder, change, time, Optional.of(cluster().on(time)));
    }

    private void restart() {
        open(options -> options.withState(folder.resolve("state")), new ManualTimeline(bench.time.now()));
    }

    /** The same as before every test, on a state that outlives the simulator. */
    private void keepState() {
        made = new FakeCluster(bench.time);
        restart();
        bench.withCluster();
        bench.arm.put(BLUE, Bench.properties(SCALED));
        pass(5);
    }

    @Test
    void howLongNodesHaveBeenIdleSurvivesARestart() {
        keepState();
        cluster().addPod("one", "blue");
        cluster().addPod("two", "blue");
        pass(4);
        cluster().removePods();
        pass(8);
        assertThat(count()).isEqualTo(2);
        restart();
        pass(1);
        assertThat(count()).isEqualTo(2);
        pass(3);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void aPoolThatAzureHadNoMachinesForIsLeftAloneAfterARestartToo() {
        keepState();
        bench.arm.post("/simulator/capacity", "{'vmSize':'Standard_D8s_v5','most':1}");
        cluster().addPod("one", "blue");
        cluster().addPod("two", "blue");
        pass(1);
        restart();
        assertThat(bench.arm.delete("/simulator/capacity").status()).isEqualTo(204);
        pass(2);
        assertThat(count()).as("Azure has machines again").isEqualTo(1);
        pass(6);
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void anAutoscalerThatIsSwitchedOffForgetsWhomItLeavesAlone() {
        bench.arm.post("/simulator/capacity", "{'vmSize':'Standard_D8s_v5','most':1}");
        cluster().addPod("one", "blue");
        cluster().addPod("two", "blue");
        pass(1);
        assertThat(bench.arm.delete("/simulator/capacity").status()).isEqualTo(204);
        bench.arm.put(BLUE, Bench.properties("'mode':'User','enableAutoScaling':false,'count':1"));
        bench.time.advance(Duration.ofSeconds(30));
        bench.arm.put(BLUE, Bench.properties(SCALED));
        pass(2);
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void clustersOfOneSubscriptionAreScaledBesideAnotherOne() {
        open(
                options -> options.withSubscription("22222222-0000-0000-0000-00000000000b", Wire.TENANT),
                new ManualTimeline());
        bench.withCluster();
        bench.arm.put(BLUE, Bench.properties(SCALED.replace("'count':1", "'count':3")));
        pass(25);
        assertThat(count()).isEqualTo(1);
    }

    /** The statuses of the pool's scale set: of growing and of shrinking. */
    private static String published(JsonNode status) {
        JsonNode group = status.at("/nodeGroups/0");
        assertThat(group.path("name").asText()).matches("aks-blue-[0-9]{8}-vmss");
        return group.at("/scaleUp/status").asText() + " "
                + group.at("/scaleDown/status").asText() + " of "
                + group.at("/health/cloudProviderTarget").asInt() + ", "
                + group.at("/health/nodeCounts/registered/ready").asInt() + " ready";
    }

    @Test
    void whatTheAutoscalerIsAboutIsPublished() {
        cluster().published.clear();
        cluster().addPod("one", "blue");
        cluster().addPod("two", "blue");
        pass(4);
        cluster().removePods();
        pass(15);
        assertThat(cluster().published)
                .extracting(AutoscalingTest::published)
                .containsSubsequence(
                        "InProgress NoCandidates of 1, 1 ready",
                        "InProgress NoCandidates of 2, 1 ready",
                        "NoActivity NoCandidates of 2, 2 ready",
                        "NoActivity CandidatesPresent of 2, 2 ready",
                        "NoActivity NoCandidates of 1, 1 ready");
        JsonNode last = cluster().published.iterator().next();
        assertThat(last.at("/autoscalerStatus").asText()).isEqualTo("Running");
        assertThat(last.at("/clusterWide/health/nodeCounts/registered/total").asInt())
                .isEqualTo(3);
    }

    @Test
    void scalingIsNoOperationAndLeavesTheETag() {
        String eTag = bench.arm.get(BLUE).text("/properties/eTag");
        int operations = bench.simulator.state().path("operations").size();
        cluster().addPod("one", "blue");
        cluster().addPod("two", "blue");
        pass(4);
        assertThat(count()).isEqualTo(2);
        assertThat(bench.arm.get(BLUE).text("/properties/eTag")).isEqualTo(eTag);
        assertThat(bench.simulator.state().path("operations")).hasSize(operations);
    }

    @Test
    void thePodsOfAPoolThatIsDeletedMakeItGrowAndTheDeletionFails() {
        cluster().addPod("one", "blue");
        Answer accepted = bench.arm.delete(BLUE);
        pass(30);
        assertThat(bench.arm.get(accepted.header("Azure-AsyncOperation")).text("/status"))
                .isEqualTo("Failed");
        assertThat(bench.arm.get(BLUE).text("/properties/provisioningState")).isEqualTo("Failed");
    }

    @Test
    void aPoolWithoutAutoscalingStaysAsItIs() {
        bench.withPool("red", 2);
        cluster().addPod("one", "red");
        cluster().addPod("two", "red");
        cluster().addPod("three", "red");
        pass(30);
        assertThat(cluster().nodes("red")).hasSize(2);
    }
}
