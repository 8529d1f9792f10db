package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.simulator.behaviour.Behaviours;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Azure does at its edges, by switches: operations that nobody asked for, that are stuck, that are forgotten. */
class BackgroundTest {
    private static final String TAGS = "{'location':'westeurope','tags':{'a':'b'}}";

    @TempDir
    Path folder;

    private Bench bench(String... behaviours) {
        return new Bench(folder, options -> {
            Behaviours chosen = options.behaviours();
            for (String behaviour : behaviours) {
                chosen = chosen.with(behaviour);
            }
            return options.withBehaviours(chosen);
        });
    }

    @Test
    void aClusterIsUpdatedLateAndThenHasAnAddOnAndAnotherETag() {
        try (Bench bench = bench("late-update=310")) {
            bench.arm.put(Wire.RG, "{'location':'westeurope'}");
            String created = bench.arm.put(Wire.MC, Bench.cluster("sys", 1)).header("Azure-AsyncOperation");
            bench.time.advance(Duration.ofSeconds(400));
            assertThat(bench.arm.get(created).text("/status")).isEqualTo("Succeeded");
            Answer busy = bench.arm.get(Wire.MC);
            assertThat(busy.text("/properties/provisioningState")).isEqualTo("Updating");
            assertThat(bench.arm.put(Wire.MC, TAGS).status()).isEqualTo(409);
            bench.settle();
            Answer settled = bench.arm.get(Wire.MC);
            assertThat(settled.text("/properties/provisioningState")).isEqualTo("Succeeded");
            assertThat(settled.text("/eTag")).isNotEqualTo(busy.text("/eTag"));
            assertThat(settled.body()
                            .at("/properties/addonProfiles/azurepolicy/enabled")
                            .asBoolean())
                    .isTrue();
        }
    }

    @Test
    void anExtensionHandlerRefusesWritesAfterAnUpdate() {
        try (Bench bench = bench("extension-operation=60").withCluster()) {
            bench.arm.put(Wire.MC, TAGS);
            bench.time.advance(Duration.ofSeconds(100));
            assertThat(bench.arm.put(Wire.MC, TAGS).message()).contains("PutExtensionAddonHandler");
            bench.settle();
            assertThat(bench.arm.put(Wire.MC, TAGS).status()).isEqualTo(200);
        }
    }

    @Test
    void aStuckOperationGoesOnWhenItIsReleased() {
        try (Bench bench = bench().withCluster()) {
            bench.simulator.operationFaults().stick("create agentpool", "/blue$");
            String operation = bench.arm.put(Bench.POOL + "blue", Bench.pool(1)).header("Azure-AsyncOperation");
            bench.settle();
            assertThat(bench.arm.get(operation).text("/status")).isEqualTo("InProgress");
            assertThat(bench.arm.put(Bench.POOL + "blue", Bench.pool(2)).status())
                    .isEqualTo(409);
            bench.simulator.operationFaults().release();
            bench.settle();
            assertThat(bench.arm.get(operation).text("/status")).isEqualTo("Succeeded");
        }
    }

    @Test
    void aStuckOperationCanBeAborted() {
        try (Bench bench = bench().withCluster()) {
            bench.simulator.operationFaults().stick("create agentpool", "/blue$");
            String operation = bench.arm.put(Bench.POOL + "blue", Bench.pool(1)).header("Azure-AsyncOperation");
            bench.settle();
            assertThat(bench.arm.post(Bench.POOL + "blue/abort", "").status()).isEqualTo(202);
            bench.settle();
            assertThat(bench.arm.get(operation).text("/status")).isEqualTo("Canceled");
            bench.simulator.operationFaults().release();
            bench.settle();
            assertThat(bench.arm.get(operation).text("/status")).isEqualTo("Canceled");
        }
    }

    @Test
    void anOperationThatEndedLongAgoCanNoLongerBePolled() {
        try (Bench bench = bench("operation-expiry=7200").withCluster()) {
            String operation = bench.arm.put(Wire.MC, TAGS).header("Azure-AsyncOperation");
            bench.settle();
            assertThat(bench.arm.get(operation).status()).isEqualTo(200);
            bench.time.advance(Duration.ofHours(3));
            bench.arm.signedIn();
            assertThat(bench.arm.get(operation).status()).isEqualTo(404);
        }
    }

    @Test
    void aRetryAfterIsSentWhereItIsAskedFor() {
        try (Bench bench = bench("operation-retry-after=15").withCluster()) {
            Answer accepted = bench.arm.put(Wire.MC, TAGS);
            assertThat(accepted.header("Retry-After")).isEqualTo("15");
            assertThat(bench.arm.get(accepted.header("Azure-AsyncOperation")).header("Retry-After"))
                    .isEqualTo("15");
        }
    }

    @Test
    void nodesOfAPoolThatIsMadeAgainHaveNewNamesOrTheOldOnes() {
        assertThat(nodeOfSecond()).isNotEqualTo(nodeOfFirst);
        assertThat(nodeOfSecond("reused-scale-sets=true")).isEqualTo(nodeOfFirst);
    }

    private String nodeOfFirst = "";

    private String nodeOfSecond(String... behaviours) {
        try (Bench bench = bench(behaviours).withCluster().withPool("blue", 1)) {
            nodeOfFirst = node(bench);
            bench.arm.delete(Bench.POOL + "blue");
            bench.settle();
            return node(bench.withPool("blue", 1));
        }
    }

    private static String node(Bench bench) {
        return bench.arm.get(Bench.POOL + "blue/machines").text("/value/0/name");
    }

    @Test
    void aPoolOperationShowsOnTheClusterWhereThatIsAskedFor() {
        try (Bench bench = bench("pool-operation-shows-on-cluster=true").withCluster()) {
            bench.arm.put(Bench.POOL + "blue", Bench.pool(1));
            assertThat(bench.arm.get(Wire.MC).text("/properties/provisioningState"))
                    .isEqualTo("Updating");
            bench.settle();
            assertThat(bench.arm.get(Wire.MC).text("/properties/provisioningState"))
                    .isEqualTo("Succeeded");
        }
    }
}
