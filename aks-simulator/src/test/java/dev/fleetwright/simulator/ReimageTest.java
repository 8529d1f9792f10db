package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes every machine of every pool anew, though nobody changed a pool. */
class ReimageTest {
    private static final String PROXY = """
        {'location':'westeurope','identity':{'type':'SystemAssigned'},'properties':{'dnsPrefix':'weu',
         'httpProxyConfig':{'httpProxy':'http://10.0.0.9:3128','noProxy':['%s']}}}
        """;

    @TempDir
    Path folder;

    private FakeCluster cluster;
    private Bench bench;

    @BeforeEach
    void start() {
        var time = new ManualTimeline();
        cluster = new FakeCluster(time);
        bench = open(time).withCluster();
        // a surge that a rotation must not make use of
        bench.arm.put(
                Bench.POOL + "blue",
                Bench.properties("'mode':'User','vmSize':'Standard_D8s_v5','count':3,'upgradeSettings':"
                        + "{'maxSurge':'100%'}"));
        bench.settle();
        cluster.log.clear();
        cluster.mostNodes = 0;
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private Bench open(ManualTimeline time) {
        return new Bench(
                folder, options -> options.withState(folder.resolve("state")), time, Optional.of(cluster.on(time)));
    }

    private void restart() {
        var time = new ManualTimeline(bench.time.now());
        bench.close();
        bench = open(time);
    }

    private List<String> all() {
        var names = new ArrayList<>(cluster.nodes("sys"));
        names.addAll(cluster.nodes("blue"));
        return names;
    }

    private List<String> logged(String what) {
        return cluster.log.stream()
                .filter(line -> line.startsWith(what + " "))
                .map(line -> line.substring(what.length() + 1))
                .toList();
    }

    private String rotate() {
        Answer accepted = bench.arm.post(Wire.MC + "/rotateClusterCertificates", "");
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
        return accepted.header("Azure-AsyncOperation")
                .substring(bench.simulator.endpoint().length());
    }

    @Test
    void aRotationOfCertificatesMakesEveryMachineAnewWithoutSurgeNodes() {
        var before = all();
        String operation = rotate();
        bench.time.advance(Duration.ofMinutes(7));
        assertThat(bench.arm.get(Wire.MC).text("/properties/provisioningState"))
                .isEqualTo("RotatingClusterCertificates");
        bench.settle();
        assertThat(bench.arm.get(operation).text("/status")).isEqualTo("Succeeded");
        assertThat(bench.arm.get(Wire.MC).text("/properties/provisioningState")).isEqualTo("Succeeded");
        assertThat(all()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(cluster.log).startsWith("renew");
        assertThat(logged("drain")).containsExactlyInAnyOrderElementsOf(before);
        assertThat(logged("add")).containsExactlyInAnyOrderElementsOf(before);
        assertThat(cluster.mostNodes).isLessThanOrEqualTo(before.size());
        assertThat(cluster.cordoned).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 350, 420, 500})
    void aRotationGoesOnAfterARestartAndRenewsNothingTwice(int seconds) {
        var before = all();
        String operation = rotate();
        bench.time.advance(Duration.ofSeconds(seconds));
        restart();
        bench.settle();
        assertThat(bench.arm.get(operation).text("/status")).isEqualTo("Succeeded");
        assertThat(cluster.log.stream().filter("renew"::equals)).hasSize(1);
        assertThat(logged("add")).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void anotherProxyMakesTheMachinesOfAllPoolsAnewByTheirUpgradeSettings() {
        var before = all();
        bench.arm.put(Wire.MC, PROXY.formatted("a"));
        bench.settle();
        assertThat(bench.arm.get(Wire.MC).text("/properties/provisioningState")).isEqualTo("Succeeded");
        assertThat(logged("add")).containsAll(before);
        assertThat(cluster.mostNodes).isEqualTo(before.size() + 3);
        cluster.log.clear();
        bench.arm.put(Wire.MC, PROXY.formatted("a"));
        bench.settle();
        assertThat(cluster.log).isEmpty();
        bench.arm.put(Wire.MC, PROXY.formatted("b"));
        bench.settle();
        assertThat(logged("add")).containsAll(before);
    }
}
