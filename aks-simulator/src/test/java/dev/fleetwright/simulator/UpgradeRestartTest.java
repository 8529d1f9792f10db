package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulator ends in the middle of an upgrade and starts again on its state; the clusters live on. */
class UpgradeRestartTest {
    private static final String BLUE = Bench.POOL + "blue";
    private static final String POOL =
            "'mode':'User','vmSize':'Standard_D8s_v5','count':3,'upgradeSettings':{'maxSurge':'1',"
                    + "'nodeSoakDurationInMinutes':1},'orchestratorVersion':'%s'";

    @TempDir
    Path folder;

    private Bench open(ManualTimeline time, FakeCluster cluster) {
        return new Bench(
                folder, options -> options.withState(folder.resolve("state")), time, Optional.of(cluster.on(time)));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 75, 100, 160, 330, 580})
    void theNextProcessDoesWhatIsLeftAndNothingTwice(int seconds) {
        var time = new ManualTimeline();
        var cluster = new FakeCluster(time);
        Answer accepted;
        String operation;
        try (Bench bench = open(time, cluster).withCluster()) {
            assertThat(bench.arm
                            .put(BLUE, Bench.properties(POOL.formatted("1.33.5")))
                            .status())
                    .isEqualTo(201);
            bench.settle();
            cluster.log.clear();
            cluster.mostNodes = 0;
            accepted = bench.arm.put(BLUE, Bench.properties(POOL.formatted("1.34.2")));
            assertThat(accepted.status()).isEqualTo(200);
            operation = accepted.header("Azure-AsyncOperation")
                    .substring(bench.simulator.endpoint().length());
            bench.time.advance(Duration.ofSeconds(seconds));
        }
        var later = new ManualTimeline(time.now());
        try (Bench bench = open(later, cluster)) {
            bench.settle();
            assertThat(bench.arm.get(operation).text("/status")).isEqualTo("Succeeded");
            assertThat(bench.arm.get(BLUE).body().at("/properties/count").asInt())
                    .isEqualTo(3);
        }
        assertThat(cluster.nodes("blue")).hasSize(3);
        assertThat(cluster.versions("blue")).containsExactly("v1.34.2");
        assertThat(cluster.cordoned).isEmpty();
        assertThat(cluster.mostNodes).isLessThanOrEqualTo(2 + 4);
        // every old node once and the surge node once: what was removed before the end is not removed again
        assertThat(cluster.log.stream().filter(line -> line.startsWith("remove")))
                .doesNotHaveDuplicates();
        assertThat(cluster.log.stream().filter(line -> line.startsWith("add"))).hasSize(4);
    }
}
