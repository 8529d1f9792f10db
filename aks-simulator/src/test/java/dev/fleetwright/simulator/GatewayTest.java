package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetwright.simulator.http.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayTest {
    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(folder, options -> options.withThrottling(true));
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void anUnknownSubscriptionIsNotFound() {
        Answer answer = bench.arm.get("/subscriptions/00000000-0000-0000-0000-00000000dead/resourceGroups");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().at("/error/code").asText()).isEqualTo("SubscriptionNotFound");
        assertThat(answer.header("x-ms-failure-cause")).isEqualTo("gateway");
        assertThat(bench.arm.get("/subscriptions/nonsense/resourceGroups").code())
                .isEqualTo("InvalidSubscriptionId");
    }

    @Test
    void anApiVersionIsRequiredAndNewerOnesThanKnownAreServed() {
        assertThat(bench.arm.get(Wire.S + "/resourceGroups?x=y").code()).isEqualTo("MissingApiVersionParameter");
        assertThat(bench.arm.get(Wire.S + "/resourceGroups?api-version=latest").code())
                .isEqualTo("InvalidApiVersionParameter");
        String clusters = Wire.S + "/providers/Microsoft.ContainerService/managedClusters?api-version=";
        assertThat(bench.arm.get(clusters + "2015-01-01").code()).isEqualTo("NoRegisteredProviderFound");
        assertThat(bench.arm.get(clusters + "2031-01-01").status()).isEqualTo(200);
        assertThat(bench.arm.get(clusters + "2026-03-02-preview").status()).isEqualTo(200);
    }

    @Test
    void aBodyThatIsNotJsonIsRefused() {
        assertThat(bench.arm.put(Wire.RG, "{location").code()).isEqualTo("InvalidRequestContent");
    }

    @Test
    void resourceGroupsAreMadeReadListedAndProbed() {
        assertThat(bench.arm.get(Wire.RG).code()).isEqualTo("ResourceGroupNotFound");
        assertThat(bench.arm.call("HEAD", Wire.RG, "").status()).isEqualTo(404);
        assertThat(bench.arm
                        .put(Wire.RG, "{'location':'West Europe','tags':{'a':'b'}}")
                        .status())
                .isEqualTo(201);
        assertThat(bench.arm.put(Wire.RG, "{'location':'westeurope'}").status()).isEqualTo(200);
        assertThat(bench.arm.call("HEAD", Wire.RG, "").status()).isEqualTo(204);
        assertThat(bench.arm.get(Wire.S + "/resourcegroups/RG").text("/location"))
                .isEqualTo("westeurope");
        assertThat(bench.arm.get(Wire.S + "/resourceGroups").text("/value/0/name"))
                .isEqualTo("rg");
        assertThat(bench.arm.put(Wire.RG, "{'location':'mars'}").code())
                .isEqualTo("LocationNotAvailableForResourceType");
        assertThat(bench.arm.put(Wire.RG, "{'location':'eastus'}").status()).isEqualTo(409);
    }

    @Test
    void aResourceGroupIsDeletedWithEverythingInItAndPolledByLocation() {
        bench.withCluster();
        Answer deleting = bench.arm.delete(Wire.RG);
        assertThat(deleting.status()).isEqualTo(202);
        assertThat(deleting.header("Retry-After")).isEqualTo("15");
        Answer poll = bench.arm.get(deleting.header("Location"));
        assertThat(poll.status()).isEqualTo(202);
        assertThat(bench.arm.put(Wire.MC, Bench.cluster("sys", 1)).code()).isEqualTo("ResourceGroupBeingDeleted");
        bench.settle();
        assertThat(bench.arm.get(poll.header("Location")).status()).isEqualTo(200);
        assertThat(bench.arm.get(Wire.RG).status()).isEqualTo(404);
        assertThat(bench.simulator.state().path("clusters")).isEmpty();
    }

    @Test
    void aSubscriptionIsThrottledWithATimeToWait() {
        bench.withCluster();
        Answer answer = bench.arm.get(Bench.POOL + "sys");
        for (int i = 0; i < 70 && answer.status() == 200; i++) {
            answer = bench.arm.get(Bench.POOL + "sys");
        }
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("Throttled");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        bench.time.advance(Duration.ofSeconds(1));
        assertThat(bench.arm.get(Bench.POOL + "sys").status()).isEqualTo(200);
    }

    @Test
    void repliesTellWhatIsLeftOfTheBudget() {
        Answer answer = bench.arm.get(Wire.S + "/resourceGroups");
        assertThat(answer.header("x-ms-ratelimit-remaining-subscription-reads")).isEqualTo("249");
        assertThat(answer.header("x-ms-ratelimit-remaining-subscription-global-reads"))
                .isEqualTo("3749");
        assertThat(answer.header("x-ms-request-id")).isNotEmpty();
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void troubleCanBeOrderedForTheNextCalls() {
        bench.arm.put(Wire.RG, "{'location':'westeurope'}");
        Answer armed = bench.arm.post(
                "/simulator/faults", "{'times':2,'method':'GET','path':'resourceGroups','status':503,'retryAfter':7}");
        assertThat(armed.status()).isEqualTo(201);
        Answer first = bench.arm.get(Wire.RG);
        assertThat(first.status()).isEqualTo(503);
        assertThat(first.header("Retry-After")).isEqualTo("7");
        assertThat(bench.arm.get(Wire.RG).status()).isEqualTo(503);
        assertThat(bench.arm.get(Wire.RG).status()).isEqualTo(200);
    }

    @Test
    void aReplyCanBeLostAfterTheEffect() {
        bench.simulator.faults().next(1, Faults.Rule.lostReply("PUT", "resourceGroups/rg$"));
        assertThatThrownBy(() -> bench.arm.put(Wire.RG, "{'location':'westeurope'}"))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(bench.arm.get(Wire.RG).status()).isEqualTo(200);
    }

    @Test
    void anErrorCanBeAnsweredAfterTheEffect() {
        bench.arm.post(
                "/simulator/faults", "{'method':'PUT','path':'resourceGroups/rg$','status':504,'loseReply':true}");
        assertThat(bench.arm.put(Wire.RG, "{'location':'westeurope'}").status()).isEqualTo(504);
        assertThat(bench.arm.get(Wire.RG).status()).isEqualTo(200);
    }

    @Test
    void anOperationCanBeOrderedToFail() {
        bench.withCluster();
        bench.arm.post(
                "/simulator/faults", "{'operation':'create agentpool','path':'/blue$','code':'AllocationFailed'}");
        Answer created = bench.arm.put(Bench.POOL + "blue", Bench.pool(1));
        assertThat(created.status()).isEqualTo(201);
        bench.settle();
        Answer operation = bench.arm.get(created.header("Azure-AsyncOperation"));
        assertThat(operation.text("/status")).isEqualTo("Failed");
        assertThat(operation.text("/error/code")).isEqualTo("AllocationFailed");
        Answer pool = bench.arm.get(Bench.POOL + "blue");
        assertThat(pool.text("/properties/provisioningState")).isEqualTo("Failed");
        assertThat(pool.text("/properties/status/provisioningError/code")).isEqualTo("AllocationFailed");
        assertThat(bench.arm.put(Bench.POOL + "blue", Bench.pool(1)).status()).isEqualTo(200);
    }

    @Test
    void aGroupTellsWhatIsInIt() {
        bench.arm.put(Wire.RG, "{'location':'westeurope'}");
        assertThat(bench.arm
                        .get(Wire.RG + "/resources?api-version=2021-04-01")
                        .body()
                        .path("value"))
                .isEmpty();
        bench.withCluster();
        Answer full = bench.arm.get(Wire.RG + "/resources?api-version=2021-04-01");
        assertThat(full.text("/value/0/type")).isEqualTo("Microsoft.ContainerService/ManagedClusters");
        assertThat(full.body().at("/value/0").has("properties")).isFalse();
    }

    @Test
    void everyRequestIsOnRecord() throws IOException {
        bench.arm.get(Wire.RG);
        var entries =
                bench.simulator.requests().entries(entry -> entry.operation().equals("get resource group"));
        assertThat(entries).singleElement().satisfies(entry -> {
            assertThat(entry.caller()).isEqualTo(Wire.OPERATOR.clientId());
            assertThat(entry.method()).isEqualTo("GET");
            assertThat(entry.status()).isEqualTo(404);
        });
        assertThat(Files.readString(folder.resolve("requests.jsonl"))).contains("\"operation\":\"get resource group\"");
        assertThat(bench.arm
                        .get("/simulator/counters")
                        .body()
                        .path("get resource group")
                        .asInt())
                .isEqualTo(1);
        assertThat(bench.arm.get("/simulator/requests").body().path("value")).isNotEmpty();
    }
}
