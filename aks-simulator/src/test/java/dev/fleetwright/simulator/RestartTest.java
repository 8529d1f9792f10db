package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restart on the same state finds, and what a snapshot brings back. */
class RestartTest {
    private static final String REGISTRY =
            Wire.S + "/resourceGroups/shared/providers/Microsoft.ContainerRegistry/registries/acme";
    private static final String ASSIGNMENT =
            "/providers/Microsoft.Authorization/roleAssignments/aaaaaaaa-0000-0000-0000-000000000001";

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void start() {
        bench = open();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private Bench open() {
        return open(new ManualTimeline());
    }

    private Bench open(ManualTimeline time) {
        return new Bench(
                folder, options -> options.withState(folder.resolve("state")).withRegistry(REGISTRY), time);
    }

    /** Another process on the same state, at the time at which the former one ended. */
    private void restart() {
        Instant now = bench.time.now();
        bench.close();
        bench = open(new ManualTimeline(now));
    }

    /** The operation's address on whatever port the simulator listens. */
    private String path(Answer accepted) {
        return accepted.header("Azure-AsyncOperation")
                .substring(bench.simulator.endpoint().length());
    }

    private JsonNode everything() {
        return bench.arm.get("/simulator/snapshot").body();
    }

    @Test
    void everythingIsThereAgain() {
        bench.withCluster().withPool("blue", 2);
        bench.arm.put(
                Wire.RG + ASSIGNMENT,
                Bench.properties(
                        "'principalId':'p','principalType':'ServicePrincipal','roleDefinitionId':'acdd72a7-3385-48ef-bd42-f606fba81ae7'"));
        JsonNode before = everything();
        JsonNode cluster = bench.arm.get(Wire.MC).body();
        restart();
        assertThat(everything()).isEqualTo(before);
        assertThat(bench.arm.get(Wire.MC).body()).isEqualTo(cluster);
        assertThat(bench.arm.get(Bench.POOL + "blue/machines").body().path("value"))
                .hasSize(2);
        assertThat(bench.arm.get(Wire.RG + ASSIGNMENT).status()).isEqualTo(200);
        assertThat(bench.arm.get(REGISTRY + "?api-version=2023-07-01").status()).isEqualTo(200);
    }

    @Test
    void anOperationGoesOnWhereItWasAndSpendsOnlyWhatIsLeft() {
        bench.arm.put(Wire.RG, "{'location':'westeurope'}");
        String operation = path(bench.arm.put(Wire.MC, Bench.cluster("sys", 2)));
        bench.time.advance(Duration.ofSeconds(100));
        restart();
        assertThat(bench.arm.get(operation).text("/status")).isEqualTo("ProvisioningControlPlane");
        bench.time.advance(Duration.ofSeconds(30));
        assertThat(bench.arm.get(operation).text("/status")).startsWith("ProvisioningControlPlane");
        bench.time.advance(Duration.ofSeconds(56));
        assertThat(bench.arm.get(operation).text("/status")).isEqualTo("CreatingAgentPool: 0/2 nodes completed");
        restart();
        bench.settle();
        assertThat(bench.arm.get(operation).text("/status")).isEqualTo("Succeeded");
        assertThat(bench.arm.get(Bench.POOL + "sys/machines").body().path("value"))
                .hasSize(2);
    }

    @Test
    void aDeletionThatWasAcceptedHappens() {
        bench.withCluster().withPool("blue", 2);
        bench.arm.delete(Bench.POOL + "blue");
        restart();
        assertThat(bench.arm.get(Bench.POOL + "blue").text("/properties/provisioningState"))
                .isEqualTo("Deleting");
        bench.settle();
        assertThat(bench.arm.get(Bench.POOL + "blue").status()).isEqualTo(404);
        bench.arm.delete(Wire.RG);
        bench.time.advance(Duration.ofSeconds(10));
        restart();
        bench.settle();
        assertThat(bench.arm.get(Wire.RG).status()).isEqualTo(404);
    }

    @Test
    void anAbortGoesOnToo() {
        bench.withCluster().withPool("blue", 1);
        String scaling = path(bench.arm.put(Bench.POOL + "blue", Bench.pool(3)));
        bench.arm.post(Bench.POOL + "blue/abort", "");
        restart();
        assertThat(bench.arm.get(scaling).text("/status")).isEqualTo("Canceling");
        bench.settle();
        assertThat(bench.arm.get(scaling).text("/status")).isEqualTo("Canceled");
    }

    @Test
    void aLineThatBreaksOffIsDropped() throws IOException {
        bench.withCluster();
        JsonNode before = everything();
        bench.close();
        Files.writeString(folder.resolve("state/journal.jsonl"), "{\"gone\":[\"/subscr", StandardOpenOption.APPEND);
        bench = open();
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void twoSimulatorsDoNotShareAState() {
        assertThatThrownBy(this::open).hasMessageContaining("belongs to a simulator that is running");
    }

    @Test
    void aSnapshotPutsEverythingBack() {
        bench.withCluster();
        String before = everything().toString();
        bench.arm.delete(Wire.MC);
        bench.settle();
        assertThat(bench.arm.get(Wire.MC).status()).isEqualTo(404);
        assertThat(bench.arm.call("PUT", "/simulator/snapshot", before).status())
                .isEqualTo(204);
        assertThat(everything().toString()).isEqualTo(before);
        restart();
        assertThat(everything().toString()).isEqualTo(before);
        bench.withPool("blue", 1);
    }

    @Test
    void whatIsNoSnapshotIsRefusedAndChangesNothing() {
        bench.withCluster();
        String before = everything().toString();
        for (String wrong : new String[] {
            "{}",
            "{'format':1,'entries':[{'at':'/subscriptions/other/x','as':'resource','is':{}}]}",
            "{'format':1,'entries':[{'at':'" + Wire.S + "/x','as':'machine','is':{'bootedAt':'yesterday'}}]}"
        }) {
            assertThat(bench.arm.call("PUT", "/simulator/snapshot", wrong).status())
                    .isEqualTo(400);
        }
        assertThat(everything().toString()).isEqualTo(before);
    }
}
