package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.behaviour.Behaviours;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was ordered through the simulator's own endpoints outlives a restart on the same state. */
class OrdersRestartTest {
    private static final String FAULTS = "/simulator/faults";
    private static final String CAPACITY = "/simulator/capacity";
    private static final String BLUE = Bench.POOL + "blue";
    private static final String NEWCOMER = "33333333-3333-3333-3333-333333333333";

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void start() {
        bench = open(new ManualTimeline());
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private Bench open(ManualTimeline time) {
        return new Bench(
                folder,
                options -> options.withState(folder.resolve("state"))
                        .withStateSync(true)
                        .withBehaviours(Behaviours.standard().with(Behaviour.STALE_READS, "1")),
                time);
    }

    private void restart() {
        Instant now = bench.time.now();
        bench.close();
        bench = open(new ManualTimeline(now));
    }

    private List<JsonNode> armed() {
        var rules = new ArrayList<JsonNode>();
        bench.arm.get(FAULTS).body().path("value").forEach(rules::add);
        return rules;
    }

    /** Without the rule that every start has. */
    private List<JsonNode> ordered() {
        return armed().stream().filter(rule -> !rule.has("staleSeconds")).toList();
    }

    @Test
    void aFaultRuleGoesOnWithWhatIsLeftOfItsCount() {
        bench.withCluster();
        bench.arm.post(
                FAULTS,
                "[{'method':'PUT','path':'blue$','times':3,'status':503,'code':'Busy','retryAfter':7},"
                        + "{'path':'nowhere','loseReply':true},{'path':'nowhere','reset':'after','probability':0.5},"
                        + "{'path':'nowhere','keepItems':2},{'path':'nowhere','latencyMs':5}]");
        assertThat(bench.arm.put(BLUE, Bench.pool(1)).status()).isEqualTo(503);
        List<JsonNode> before = ordered();
        assertThat(before).hasSize(5);
        restart();
        assertThat(ordered()).isEqualTo(before);
        Answer second = bench.arm.put(BLUE, Bench.pool(1));
        assertThat(second.status()).isEqualTo(503);
        assertThat(second.code()).isEqualTo("Busy");
        assertThat(second.header("Retry-After")).isEqualTo("7");
        restart();
        assertThat(bench.arm.put(BLUE, Bench.pool(1)).status()).isEqualTo(503);
        restart();
        assertThat(bench.arm.put(BLUE, Bench.pool(1)).status()).isEqualTo(201);
    }

    @Test
    void whatWasTakenBackStaysTakenBackAndWhatEveryStartHasIsThereOnce() {
        assertThat(armed()).hasSize(1);
        bench.arm.post(FAULTS, "{'path':'nowhere','status':500}");
        bench.arm.delete(FAULTS);
        restart();
        assertThat(armed()).hasSize(1);
        assertThat(armed().getFirst().path("staleSeconds").asInt()).isEqualTo(1);
    }

    @Test
    void anOperationThatIsToFailFailsAndOneThatIsToBeStuckIsStuckAlsoAfterARestart() {
        bench.withCluster();
        bench.arm.post(
                FAULTS,
                "[{'operation':'create agentpool','path':'/blue$','code':'AllocationFailed'},"
                        + "{'operation':'create agentpool','path':'/red$','stuck':true}]");
        String blue = path(bench.arm.put(BLUE, Bench.pool(1)));
        restart();
        bench.settle();
        assertThat(bench.arm.get(blue).text("/error/code")).isEqualTo("AllocationFailed");
        String red = path(bench.arm.put(Bench.POOL + "red", Bench.pool(1)));
        restart();
        bench.settle();
        assertThat(bench.arm.get(red).text("/status")).isNotEqualTo("Succeeded");
        bench.arm.delete(FAULTS);
        bench.settle();
        assertThat(bench.arm.get(red).text("/status")).isEqualTo("Succeeded");
    }

    private String path(Answer accepted) {
        return accepted.header("Azure-AsyncOperation")
                .substring(bench.simulator.endpoint().length());
    }

    @Test
    void limitsAndLateBootsGoOn() {
        bench.withCluster();
        bench.arm.post(CAPACITY, "{'vmSize':'Standard_D8s_v5','zone':'2','offered':false}");
        bench.arm.post(CAPACITY, "{'subnet':'x','addresses':7}");
        bench.arm.post("/simulator/boots", "{'times':2,'pool':'/blue$','lateSeconds':1200}");
        JsonNode limits = bench.arm.get(CAPACITY).body();
        restart();
        assertThat(bench.arm.get(CAPACITY).body()).isEqualTo(limits);
        String blue = path(bench.arm.put(BLUE, Bench.pool(1)));
        bench.time.advance(Duration.ofMinutes(15));
        bench.arm.signedIn();
        assertThat(bench.arm.get(blue).text("/status")).isNotEqualTo("Succeeded");
        bench.settle();
        assertThat(bench.arm.get(blue).text("/status")).isEqualTo("Succeeded");
    }

    @Test
    void whoWasRegisteredLaterMayStillSignInButNotBeforeItIsReplicated() {
        bench.arm.post(
                "/simulator/principals",
                "{'tenantId':'" + Wire.TENANT + "','clientId':'" + NEWCOMER
                        + "','clientSecret':'new','issuer':'https://i'," + "'subject':'s','needsRoles':true}");
        JsonNode known = bench.arm.get("/simulator/principals").body();
        restart();
        assertThat(bench.arm.get("/simulator/principals").body()).isEqualTo(known);
        assertThat(bench.arm.signIn(Wire.TENANT, NEWCOMER, "new").status()).isGreaterThanOrEqualTo(400);
        bench.time.advance(Duration.ofSeconds(21));
        assertThat(bench.arm.signIn(Wire.TENANT, NEWCOMER, "new").status()).isEqualTo(200);
    }
}
