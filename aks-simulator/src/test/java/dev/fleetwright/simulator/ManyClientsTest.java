package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.time.ScaledTimeline;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** 200 clients at once, over TLS: no update is lost, nothing is done twice, nobody waits for ever. */
class ManyClientsTest {
    private static final int CLIENTS = 200;
    private static final int ROUNDS = 6;
    private static final int CLUSTERS = 8;
    private static final long SEED = Long.getLong("seed", System.nanoTime() & 0xffff);

    @TempDir
    Path folder;

    private static String cluster(int number) {
        return Wire.RG + "/providers/Microsoft.ContainerService/managedClusters/c" + number;
    }

    @Test
    @Timeout(120)
    void everyAcceptedWriteTakesEffectOnceAndOthersAreRefused() throws Exception {
        System.out.println("many clients: seed " + SEED + " (repeat with -Dseed=" + SEED + ")");
        var options = SimulatorOptions.in(folder)
                .withSubscription(Wire.SUBSCRIPTION, Wire.TENANT)
                .withPrincipal(Wire.OPERATOR)
                .withThrottling(false)
                .withState(folder.resolve("state"))
                .withTimeScale(3000);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        var timeline = new ScaledTimeline(Clock.systemUTC(), 3000, threads);
        try (var azure = AksSimulator.start(options, threads, timeline);
                var arm = new Wire(azure).signedIn()) {
            arm.put(Wire.RG, "{'location':'westeurope'}");
            for (int i = 0; i < CLUSTERS; i++) {
                assertThat(arm.put(cluster(i), Bench.cluster("sys", 1).replace("weu", "c" + i))
                                .status())
                        .isEqualTo(201);
            }
            settle(arm);
            Map<String, String> accepted = new ConcurrentHashMap<>();
            Map<String, AtomicInteger> updates = new ConcurrentHashMap<>();
            var running = new ArrayList<Future<?>>();
            try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int client = 0; client < CLIENTS; client++) {
                    int own = client;
                    running.add(clients.submit(() -> act(arm, own, accepted, updates)));
                }
            }
            for (Future<?> client : running) {
                client.get();
            }
            settle(arm);
            check(arm, azure, accepted, updates);
        }
    }

    /** A client counts up a tag of a cluster by reading, adding one, and writing with the eTag that it read. */
    private static void act(Wire arm, int client, Map<String, String> accepted, Map<String, AtomicInteger> updates) {
        var random = new SplittableRandom(SEED * 1000 + client);
        for (int round = 0; round < ROUNDS; round++) {
            String cluster = cluster(random.nextInt(CLUSTERS));
            Answer answer;
            if (random.nextInt(3) == 0) {
                answer = arm.put(
                        cluster + "/agentPools/p" + random.nextInt(4),
                        Bench.pool(1 + random.nextInt(3)),
                        "If-None-Match",
                        "*");
            } else {
                Answer read = arm.get(cluster);
                int count = read.body().at("/tags/count").asInt(0);
                String tags = "{'location':'westeurope','tags':{'count':'" + (count + 1) + "'}}";
                answer = arm.put(cluster, tags, "If-Match", read.text("/eTag"));
                if (answer.status() == 200) {
                    updates.computeIfAbsent(cluster, _ -> new AtomicInteger()).incrementAndGet();
                }
            }
            assertThat(answer.status()).as(answer.toString()).isIn(200, 201, 409, 412);
            if (answer.status() < 300) {
                String former = accepted.put(operation(answer), cluster);
                assertThat(former).as("an operation that two were given").isNull();
            }
        }
    }

    private static String operation(Answer answer) {
        return answer.header("Azure-AsyncOperation").replaceAll(".*/operations/|[?].*", "");
    }

    private static void settle(Wire arm) {
        await("every operation has ended")
                .atMost(Duration.ofSeconds(60))
                .until(() -> arm.get("/simulator/state").body().path("operations").findValues("status").stream()
                        .allMatch(status ->
                                List.of("Succeeded", "Failed", "Canceled").contains(status.asText())));
    }

    private static void check(
            Wire arm, AksSimulator azure, Map<String, String> accepted, Map<String, AtomicInteger> updates) {
        Map<String, List<JsonNode>> byCluster = new HashMap<>();
        for (JsonNode operation : azure.state().path("operations")) {
            assertThat(operation.path("status").asText())
                    .as(operation.toString())
                    .isEqualTo("Succeeded");
            String cluster = operation.path("subject").asText().replaceAll("/agentPools/.*", "");
            byCluster.computeIfAbsent(cluster, _ -> new ArrayList<>()).add(operation);
        }
        int operations = byCluster.values().stream().mapToInt(List::size).sum();
        assertThat(operations).as("operations").isEqualTo(accepted.size() + CLUSTERS);
        byCluster.values().forEach(ManyClientsTest::checkOneAfterTheOther);
        for (int i = 0; i < CLUSTERS; i++) {
            int counted = arm.get(cluster(i)).body().at("/tags/count").asInt(0);
            int written = updates.getOrDefault(cluster(i), new AtomicInteger()).get();
            assertThat(counted).as("updates of c" + i).isEqualTo(written);
            for (JsonNode pool : arm.get(cluster(i) + "/agentPools").body().path("value")) {
                assertThat(arm.get(cluster(i) + "/agentPools/"
                                        + pool.path("name").asText() + "/machines")
                                .body()
                                .path("value"))
                        .hasSize(pool.at("/properties/count").asInt());
            }
        }
        assertThat(accepted).isNotEmpty();
    }

    private static void checkOneAfterTheOther(List<JsonNode> operations) {
        operations.sort(Comparator.comparing(
                (JsonNode operation) -> Instant.parse(operation.path("start").asText())));
        for (int i = 1; i < operations.size(); i++) {
            Instant end = Instant.parse(operations.get(i - 1).path("end").asText());
            assertThat(Instant.parse(operations.get(i).path("start").asText()))
                    .as("two at a time: " + operations.get(i - 1) + " and " + operations.get(i))
                    .isAfterOrEqualTo(end);
        }
    }
}
