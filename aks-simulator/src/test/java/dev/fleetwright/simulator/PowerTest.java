package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stop and start, and what is behind the cluster meanwhile. */
class PowerTest {
    @TempDir
    Path folder;

    private final RememberingBackend backend = new RememberingBackend();
    private Bench bench;

    @BeforeEach
    void start() {
        bench = open(new ManualTimeline()).withCluster();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private Bench open(ManualTimeline time) {
        return new Bench(folder, options -> options.withState(folder.resolve("state")), time, Optional.of(backend));
    }

    private void restart() {
        var time = new ManualTimeline(bench.time.now());
        bench.close();
        bench = open(time);
    }

    private String key() {
        return bench.simulator.state().at("/clusters/0/key").asText();
    }

    /** The operation's path. */
    private String post(String action) {
        Answer accepted = bench.arm.post(Wire.MC + "/" + action, "");
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
        return accepted.header("Azure-AsyncOperation")
                .substring(bench.simulator.endpoint().length());
    }

    private void succeeded(String operation) {
        Answer ended = bench.arm.get(operation);
        assertThat(ended.text("/status")).as(ended.toString()).isEqualTo("Succeeded");
    }

    @Test
    void nobodyAnswersForAStoppedClusterUntilItIsStarted() {
        String stopping = post("stop");
        assertThat(backend.serves(key())).isTrue();
        bench.settle();
        succeeded(stopping);
        assertThat(backend.serves(key())).isFalse();
        assertThat(backend.nodes(key())).isEmpty();
        String starting = post("start");
        bench.settle();
        succeeded(starting);
        assertThat(backend.serves(key())).isTrue();
        assertThat(backend.nodes(key())).hasSize(2);
    }

    @Test
    void aStoppedClusterStaysStoppedOverARestart() {
        post("stop");
        bench.settle();
        restart();
        assertThat(backend.serves(key())).isFalse();
        assertThat(bench.arm.post(Wire.MC + "/listClusterAdminCredential", "").status())
                .isEqualTo(200);
        String starting = post("start");
        bench.settle();
        succeeded(starting);
        assertThat(backend.nodes(key())).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 119, 121, 139, 141, 160, 185})
    void aStopAndAStartGoOnAfterARestart(int seconds) {
        String stopping = post("stop");
        bench.time.advance(Duration.ofSeconds(seconds));
        restart();
        bench.settle();
        succeeded(stopping);
        assertThat(backend.serves(key())).isFalse();
        String starting = post("start");
        bench.time.advance(Duration.ofSeconds(seconds));
        restart();
        bench.settle();
        succeeded(starting);
        assertThat(backend.nodes(key())).hasSize(2);
    }

    @Test
    void aStoppedClusterCanBeDeletedAndTagged() {
        post("stop");
        bench.settle();
        restart();
        assertThat(bench.arm.call("PATCH", Wire.MC, "{'tags':{'a':'b'}}").status())
                .isEqualTo(200);
        bench.settle();
        assertThat(bench.arm.get(Wire.MC).text("/properties/provisioningState")).isEqualTo("Succeeded");
        assertThat(backend.serves(key())).isFalse();
        assertThat(bench.arm.delete(Wire.MC).status()).isEqualTo(202);
        bench.settle();
        assertThat(bench.arm.get(Wire.MC).status()).isEqualTo(404);
    }

    @Test
    void aStopThatIsAbortedCanBeTakenBackByAStart() {
        post("stop");
        bench.time.advance(Duration.ofSeconds(60));
        assertThat(bench.arm.post(Wire.MC + "/abort", "").status()).isEqualTo(202);
        bench.settle();
        assertThat(backend.serves(key())).isTrue();
        String starting = post("start");
        bench.settle();
        succeeded(starting);
        assertThat(backend.nodes(key())).hasSize(2);
    }

    @Test
    void whoeverNeedsTheApiServerAfterAnAbortedStartFindsIt() {
        post("stop");
        bench.settle();
        post("start");
        assertThat(bench.arm.post(Wire.MC + "/abort", "").status()).isEqualTo(202);
        bench.settle();
        assertThat(backend.serves(key())).isFalse();
        bench.arm.put(Bench.POOL + "blue", Bench.properties("'mode':'User','count':3"));
        bench.settle();
        assertThat(backend.serves(key())).isTrue();
        assertThat(backend.nodes(key())).hasSize(3);
        assertThat(bench.arm.get(Bench.POOL + "blue").text("/properties/provisioningState"))
                .isEqualTo("Succeeded");
    }

    @Test
    void anAbortedStartCanBeTakenBackByAStop() {
        post("stop");
        bench.settle();
        post("start");
        assertThat(bench.arm.post(Wire.MC + "/abort", "").status()).isEqualTo(202);
        bench.settle();
        String stopping = post("stop");
        bench.settle();
        succeeded(stopping);
        assertThat(backend.serves(key())).isFalse();
    }
}
