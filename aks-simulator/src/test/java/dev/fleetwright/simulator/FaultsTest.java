package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetwright.simulator.behaviour.Behaviour;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trouble on demand, ordered over the wire. */
class FaultsTest {
    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(folder);
        bench.arm.put(Wire.RG, "{'location':'westeurope'}");
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private Answer arm(String rule) {
        return bench.arm.post("/simulator/faults", rule);
    }

    @Test
    void whatIsArmedIsListedAndTakenBackOneByOne() {
        Answer armed = arm("[{'path':'/rg$','status':503},{'path':'/rg$','status':500,'times':2}]");
        assertThat(armed.status()).isEqualTo(201);
        String first = armed.text("/ids/0");
        assertThat(bench.arm.get("/simulator/faults").body().path("value")).hasSize(2);
        assertThat(bench.arm.delete("/simulator/faults/" + first).status()).isEqualTo(204);
        assertThat(bench.arm.delete("/simulator/faults/" + first).status()).isEqualTo(404);
        assertThat(bench.arm.get(Wire.RG).status()).isEqualTo(500);
        assertThat(bench.arm.get("/simulator/faults").text("/value/0/times")).isEqualTo("1");
        bench.arm.delete("/simulator/faults");
        assertThat(bench.arm.get(Wire.RG).status()).isEqualTo(200);
    }

    @Test
    void aMalformedRuleIsToldEverythingThatIsWrongWithItAndNothingIsArmed() {
        Answer answer = arm("[{'status':503},{'stauts':503,'path':'(','times':'two','probability':2}]");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/message"))
                .startsWith("not a fault rule: ")
                .contains("unknown field 'stauts'", "path is not a regular expression", "times must be", "probability");
        assertThat(bench.arm.get("/simulator/faults").body().path("value")).isEmpty();
        assertThat(arm("{'status':503,'reset':'before'}").text("/message")).contains("exclude each other");
        assertThat(arm("{status").text("/message")).isEqualTo("the body is not JSON");
        assertThat(arm("{'operation':'create','pth':'x'}").text("/message")).contains("unknown field 'pth'");
    }

    @Test
    void aRuleMayLetSomeCallsPassFirst() {
        arm("{'path':'/rg$','status':503,'skip':2}");
        assertThat(IntStream.range(0, 4)
                        .map(i -> bench.arm.get(Wire.RG).status())
                        .toArray())
                .containsExactly(200, 200, 503, 200);
    }

    @Test
    void aRuleMayHoldForSomeTime() {
        arm("{'path':'/rg$','status':429,'code':'TooManyRequests','retryAfter':20,'seconds':60}");
        Answer storm = bench.arm.get(Wire.RG);
        assertThat(storm.status()).isEqualTo(429);
        assertThat(storm.code()).isEqualTo("TooManyRequests");
        assertThat(storm.header("Retry-After")).isEqualTo("20");
        assertThat(bench.arm.get(Wire.RG).status()).isEqualTo(429);
        bench.time.advance(Duration.ofSeconds(61));
        assertThat(bench.arm.get(Wire.RG).status()).isEqualTo(200);
    }

    @Test
    void chanceDecidesTheSameWayForTheSameSeed(@TempDir Path again) {
        int[] first = unlucky(bench);
        try (var other = new Bench(again)) {
            other.arm.put(Wire.RG, "{'location':'westeurope'}");
            assertThat(unlucky(other)).containsExactly(first);
        }
        assertThat(first).contains(200).contains(503);
    }

    private static int[] unlucky(Bench bench) {
        bench.arm.post("/simulator/faults", "{'path':'/rg$','status':503,'probability':0.5}");
        return IntStream.range(0, 40).map(i -> bench.arm.get(Wire.RG).status()).toArray();
    }

    @Test
    void aRuleMayConcernOneCaller() {
        arm("{'path':'/rg$','status':503,'caller':'^nobody$'}");
        assertThat(bench.arm.get(Wire.RG).status()).isEqualTo(200);
        arm("{'path':'/rg$','status':503,'caller':'" + Wire.OPERATOR.clientId() + "'}");
        assertThat(bench.arm.get(Wire.RG).status()).isEqualTo(503);
    }

    @Test
    void anAnswerMayBeAnythingInEitherEnvelope() {
        arm("{'path':'/rg$','status':409,'code':'Conflict','message':'busy','envelope':'provider'}");
        Answer provider = bench.arm.get(Wire.RG);
        assertThat(provider.text("/code")).isEqualTo("Conflict");
        assertThat(provider.body().has("details")).isTrue();
        arm("{'path':'/rg$','status':502,'body':{'error':{'code':'Odd','message':'odd'}},'headers':{'x-odd':'yes'}}");
        Answer odd = bench.arm.get(Wire.RG);
        assertThat(odd.code()).isEqualTo("Odd");
        assertThat(odd.header("x-odd")).isEqualTo("yes");
    }

    @Test
    void aConnectionIsResetBeforeOrAfterTheEffect() {
        String other = Wire.S + "/resourceGroups/other";
        arm("{'method':'PUT','path':'/other$','reset':'before'}");
        assertThatThrownBy(() -> bench.arm.put(other, "{'location':'westeurope'}"))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(bench.arm.get(other).status()).isEqualTo(404);
        arm("{'method':'PUT','path':'/other$','reset':'after'}");
        assertThatThrownBy(() -> bench.arm.put(other, "{'location':'westeurope'}"))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(bench.arm.get(other).status()).isEqualTo(200);
    }

    @Test
    void readsShowWhatWasBeforeAWriteForAWhile() {
        arm("{'path':'resourceGroups','staleSeconds':30}");
        String fresh = Wire.S + "/resourceGroups/fresh";
        assertThat(bench.arm.put(fresh, "{'location':'westeurope'}").status()).isEqualTo(201);
        assertThat(bench.arm.get(fresh).status()).isEqualTo(404);
        bench.time.advance(Duration.ofSeconds(31));
        assertThat(bench.arm.get(fresh).status()).isEqualTo(200);
        bench.arm.put(fresh, "{'location':'westeurope','tags':{'a':'b'}}");
        assertThat(bench.arm.get(fresh).body().has("tags")).isFalse();
        bench.time.advance(Duration.ofSeconds(31));
        assertThat(bench.arm.get(fresh).text("/tags/a")).isEqualTo("b");
    }

    @Test
    void aListMayLackItsEnd() {
        bench.arm.put(Wire.S + "/resourceGroups/rg2", "{'location':'westeurope'}");
        arm("{'path':'resourceGroups$','keepItems':1}");
        Answer list = bench.arm.get(Wire.S + "/resourceGroups");
        assertThat(list.body().path("value")).hasSize(1);
        assertThat(list.body().has("nextLink")).isFalse();
        assertThat(bench.arm.get(Wire.S + "/resourceGroups").body().path("value"))
                .hasSize(2);
    }

    @Test
    void thePortalChangesAndDeletesBehindEverybodysBack() {
        bench.withCluster().withPool("blue", 1);
        Answer changed = bench.arm.post(
                "/simulator/portal",
                "{'method':'PATCH','id':'" + Bench.POOL + "blue','body':{'properties':{'count':3}}}");
        assertThat(changed.status()).as("%s", changed.body()).isEqualTo(200);
        bench.settle();
        assertThat(bench.arm.get(Bench.POOL + "blue").text("/properties/count")).isEqualTo("3");
        Answer deleted = bench.arm.post("/simulator/portal", "{'method':'DELETE','id':'" + Bench.POOL + "blue'}");
        assertThat(deleted.status()).isEqualTo(202);
        bench.settle();
        assertThat(bench.arm.get(Bench.POOL + "blue").status()).isEqualTo(404);
        assertThat(bench.arm
                        .get("/simulator/requests?caller=portal&method=DELETE")
                        .body()
                        .path("value"))
                .hasSize(1);
    }

    @Test
    void anOperationIsStuckUntilTheRulesAreTakenBack() {
        bench.withCluster();
        arm("{'operation':'create agentpool','path':'/blue$','stuck':true}");
        bench.arm.put(Bench.POOL + "blue", Bench.pool(1));
        bench.settle();
        assertThat(bench.arm.get(Bench.POOL + "blue").text("/properties/provisioningState"))
                .isEqualTo("Creating");
        bench.arm.delete("/simulator/faults");
        bench.settle();
        assertThat(bench.arm.get(Bench.POOL + "blue").text("/properties/provisioningState"))
                .isEqualTo("Succeeded");
    }

    @Test
    void theAnswerToACreationMayBeHeldBackAfterItsEffect(@TempDir Path other) throws Exception {
        try (var slow = new Bench(
                        other,
                        options -> options.withBehaviours(options.behaviours().with(Behaviour.HELD_OPEN_PUT, "12")));
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            slow.arm.put(Wire.RG, "{'location':'westeurope'}");
            var reply = clients.submit(() -> slow.arm.put(Wire.MC, Bench.cluster("sys", 1)));
            Awaitility.await().until(() -> slow.arm.get(Wire.MC).status() == 200);
            assertThat(reply.isDone()).isFalse();
            // the effect is seen before the wait has begun: so until it is over, however late it begins
            Awaitility.await().until(() -> {
                slow.time.advance(Duration.ofSeconds(12));
                return reply.isDone();
            });
            assertThat(reply.get().status()).isEqualTo(201);
        }
    }

    @Test
    void callsAreCountedByWhatAndWhose() {
        bench.withCluster();
        bench.arm.get(Wire.MC);
        bench.arm.get(Wire.MC);
        Answer rows =
                bench.arm.get("/simulator/counters?by=operation,bucket,method,caller,status&operation=^get managed"
                        .replace(" ", "%20")
                        .replace("^", "%5E"));
        assertThat(rows.text("/value/0/operation")).isEqualTo("get managed cluster");
        assertThat(rows.text("/value/0/bucket")).isEqualTo("G-mc");
        assertThat(rows.text("/value/0/caller")).isEqualTo(Wire.OPERATOR.clientId());
        assertThat(rows.text("/value/0/count")).isEqualTo("2");
        assertThat(bench.arm.get("/simulator/counters?by=moon").text("/message"))
                .contains("'moon'");
    }

    @Test
    void theLogIsFilteredByTimeOperationAndStatus() {
        bench.time.advance(Duration.ofMinutes(1));
        String since = bench.time.now().toString();
        bench.arm.get(Wire.RG);
        bench.arm.get(Wire.S + "/resourceGroups/none");
        Answer all = bench.arm.get("/simulator/requests?since=" + since + "&path=resourceGroups");
        assertThat(all.body().path("value")).hasSize(2);
        assertThat(bench.arm
                        .get("/simulator/requests?since=" + since + "&path=resourceGroups&status=404")
                        .body()
                        .path("value"))
                .hasSize(1);
        assertThat(bench.arm
                        .get("/simulator/requests?path=resourceGroups&last=1")
                        .text("/value/0/status"))
                .isEqualTo("404");
        assertThat(bench.arm.get("/simulator/requests?since=yesterday").status())
                .isEqualTo(400);
    }
}
