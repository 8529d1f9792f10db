package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.entra.Principal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThrottlingTest {
    private static final Principal SECOND = Principal.of(Wire.TENANT, "dddddddd-0000-0000-0000-000000000001", "x");
    private static final String POOLS_ELSEWHERE =
            Wire.RG + "/providers/Microsoft.ContainerService/managedClusters/us/agentPools";

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(folder, options -> options.withThrottling(true).withPrincipal(SECOND));
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private Answer last(int times, String path) {
        Answer answer = bench.arm.get(path);
        for (int i = 1; i < times; i++) {
            answer = bench.arm.get(path);
        }
        return answer;
    }

    @Test
    void armCountsReadsOfOneCallerAndTellsWhenToComeBack() {
        Answer full = last(250, Wire.S + "/resourceGroups");
        assertThat(full.status()).isEqualTo(200);
        assertThat(full.header("x-ms-ratelimit-remaining-subscription-reads")).isEqualTo("0");
        assertThat(full.header("x-ms-ratelimit-remaining-subscription-global-reads"))
                .isEqualTo("3500");
        Answer refused = bench.arm.get(Wire.S + "/resourceGroups");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("SubscriptionRequestsThrottled");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        try (var other = new Wire(bench.simulator).signedIn(SECOND)) {
            assertThat(other.get(Wire.S + "/resourceGroups").status()).isEqualTo(200);
        }
        bench.time.advance(Duration.ofSeconds(1));
        assertThat(bench.arm.get(Wire.S + "/resourceGroups").status()).isEqualTo(200);
    }

    @Test
    void callsWithoutASubscriptionAreCountedInTheTenant() {
        assertThat(bench.arm.get("/subscriptions").header("x-ms-ratelimit-remaining-tenant-reads"))
                .isEqualTo("249");
        Answer refused = last(250, "/subscriptions");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("TenantRequestsThrottled");
        assertThat(bench.arm.get(Wire.S + "/resourceGroups").status()).isEqualTo(200);
    }

    @Test
    void theProviderCountsEveryRegionForItself() {
        bench.withCluster();
        assertThat(bench.arm
                        .put(
                                Wire.RG + "/providers/Microsoft.ContainerService/managedClusters/us",
                                Bench.cluster("sys", 1).replace("westeurope", "eastus"))
                        .status())
                .isEqualTo(201);
        bench.settle();
        Answer refused = last(61, Bench.POOL + "sys");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("Throttled");
        assertThat(refused.body().has("error")).isFalse();
        assertThat(bench.arm.get(POOLS_ELSEWHERE).status()).isEqualTo(200);
        assertThat(bench.arm.get("/simulator/budgets").body().toString()).contains("in westeurope", "in eastus");
    }

    @Test
    void writesOfAClusterComeBackOnceAMinute() {
        bench.withCluster();
        int[] statuses = IntStream.range(0, 22)
                .map(i -> bench.arm.put(Wire.MC, "{").status())
                .toArray();
        // one token went into the creation
        assertThat(statuses).endsWith(400, 429, 429);
        assertThat(bench.arm.put(Wire.MC, "{").header("Retry-After")).isEqualTo("60");
    }

    @Test
    void whoIsThrottledIsOnRecord() {
        last(251, Wire.S + "/resourceGroups");
        assertThat(bench.simulator.requests().entries(entry -> entry.status() == 429))
                .singleElement()
                .satisfies(entry -> assertThat(entry.caller()).isEqualTo(Wire.OPERATOR.clientId()));
    }

    @Test
    void theProviderWrapsItsErrorWhereThatIsWanted(@TempDir Path other) {
        try (var wrapped = new Bench(
                other,
                options -> options.withThrottling(true)
                        .withBehaviours(options.behaviours().with(Behaviour.WRAPPED_ERRORS, "true")))) {
            wrapped.withCluster();
            Answer answer = wrapped.arm.get(Bench.POOL + "sys");
            for (int i = 0; i < 61 && answer.status() == 200; i++) {
                answer = wrapped.arm.get(Bench.POOL + "sys");
            }
            assertThat(answer.text("/error/code")).isEqualTo("Throttled");
        }
    }
}
