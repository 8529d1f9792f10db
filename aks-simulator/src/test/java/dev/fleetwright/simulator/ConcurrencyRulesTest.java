package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ETags, and one operation at a time. */
class ConcurrencyRulesTest {
    private static final String TAGS = "{'location':'westeurope','tags':{'a':'b'}}";

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(folder).withCluster().withPool("blue", 1);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private String eTag(String pool) {
        return bench.arm.get(Bench.POOL + pool).text("/properties/eTag");
    }

    @Test
    void createOnlyIsRefusedForWhatExists() {
        Answer cluster = bench.arm.put(Wire.MC, Bench.cluster("sys", 2), "If-None-Match", "*");
        assertThat(cluster.status()).isEqualTo(412);
        assertThat(cluster.code()).isEqualToIgnoringCase("PreConditionFailed");
        assertThat(bench.arm
                        .put(Bench.POOL + "blue", Bench.pool(1), "If-None-Match", "*")
                        .status())
                .isEqualTo(412);
        assertThat(bench.arm
                        .put(Bench.POOL + "red", Bench.pool(1), "If-None-Match", "*")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void changeOnlyIsRefusedForWhatDoesNotExist() {
        assertThat(bench.arm
                        .put(Bench.POOL + "red", Bench.pool(1), "If-Match", "*")
                        .status())
                .isEqualTo(412);
        assertThat(bench.arm
                        .put(Bench.POOL + "red", Bench.pool(1), "If-Match", "\"x\"")
                        .status())
                .isEqualTo(412);
        assertThat(bench.arm.delete(Bench.POOL + "red", "If-Match", "\"x\"").status())
                .isEqualTo(204);
    }

    @Test
    void aStaleETagIsRefusedAndACurrentOnePasses() {
        String current = eTag("blue");
        assertThat(bench.arm
                        .put(Bench.POOL + "blue", Bench.pool(2), "If-Match", "\"stale\"")
                        .status())
                .isEqualTo(412);
        assertThat(bench.arm
                        .put(Bench.POOL + "blue", Bench.pool(2), "If-Match", '"' + current + '"')
                        .status())
                .isEqualTo(200);
        bench.settle();
        assertThat(bench.arm.delete(Bench.POOL + "blue", "If-Match", current).status())
                .isEqualTo(412);
        assertThat(bench.arm
                        .delete(Bench.POOL + "blue", "If-Match", eTag("blue"))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void badConditionsAreBadRequests() {
        assertThat(bench.arm
                        .put(Bench.POOL + "red", Bench.pool(1), "If-None-Match", "\"x\"")
                        .code())
                .isEqualTo("BadRequest");
        assertThat(bench.arm
                        .put(Bench.POOL + "red", Bench.pool(1), "If-None-Match", "*", "If-Match", "*")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aPoolOperationChangesOnlyThatPoolsETagAndAClusterOperationAll() {
        String cluster = bench.arm.get(Wire.MC).text("/eTag");
        String system = eTag("sys");
        bench.withPool("red", 1);
        bench.arm.delete(Bench.POOL + "red");
        bench.settle();
        assertThat(eTag("sys")).isEqualTo(system);
        assertThat(bench.arm.get(Wire.MC).text("/eTag")).isEqualTo(cluster);
        bench.arm.put(Wire.MC, TAGS);
        bench.settle();
        assertThat(eTag("sys")).isNotEqualTo(system);
        assertThat(bench.arm.get(Wire.MC).text("/eTag")).isNotEqualTo(cluster);
    }

    @Test
    void aClusterOperationBlocksEveryWriteAndNoRead() {
        bench.arm.put(Wire.MC, TAGS);
        Answer cluster = bench.arm.put(Wire.MC, TAGS);
        assertThat(cluster.status()).isEqualTo(409);
        assertThat(cluster.text("/code")).isEqualTo("OperationNotAllowed");
        assertThat(cluster.text("/message"))
                .contains(
                        "there's an in progress update managed cluster operation", "operation ID: ", "started on UTC");
        assertThat(bench.arm.put(Bench.POOL + "blue", Bench.pool(2)).status()).isEqualTo(409);
        assertThat(bench.arm.delete(Bench.POOL + "blue").status()).isEqualTo(409);
        assertThat(bench.arm.delete(Wire.MC).status()).isEqualTo(409);
        assertThat(bench.arm.get(Wire.MC).status()).isEqualTo(200);
        bench.settle();
        assertThat(bench.arm.put(Bench.POOL + "blue", Bench.pool(2)).status()).isEqualTo(200);
    }

    @Test
    void aPoolOperationBlocksItsPoolTheClusterAndByDefaultOtherPools() {
        bench.arm.put(Bench.POOL + "blue", Bench.pool(2));
        assertThat(bench.arm.put(Bench.POOL + "blue", Bench.pool(3)).text("/message"))
                .contains("(blue - Scaling) is in progress");
        assertThat(bench.arm.put(Wire.MC, TAGS).text("/message"))
                .startsWith("Managed Cluster operation is not allowed")
                .contains("in progress on agent pool blue");
        assertThat(bench.arm
                        .put(Bench.POOL + "sys", Bench.properties("'count':3,'mode':'System'"))
                        .status())
                .isEqualTo(409);
        assertThat(bench.arm.get(Wire.MC).text("/properties/provisioningState")).isEqualTo("Succeeded");
    }

    @Test
    void aSecondDeletionJoinsTheFirst() {
        Answer first = bench.arm.delete(Bench.POOL + "blue");
        Answer second = bench.arm.delete(Bench.POOL + "blue");
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.header("Azure-AsyncOperation")).isEqualTo(first.header("Azure-AsyncOperation"));
        bench.settle();
        assertThat(bench.arm.delete(Bench.POOL + "blue").status()).isEqualTo(204);
    }

    @Test
    void ofManyClientsThatCreateOneCreates() {
        var statuses = new ConcurrentLinkedQueue<Integer>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                clients.execute(() -> statuses.add(bench.arm
                        .put(Bench.POOL + "red", Bench.pool(1), "If-None-Match", "*")
                        .status()));
            }
        }
        assertThat(statuses).hasSize(50).containsOnlyOnce(201).allMatch(status -> status == 201 || status == 412);
        bench.settle();
        assertThat(bench.arm.get(Bench.POOL + "red/machines").body().path("value"))
                .hasSize(1);
    }
}
