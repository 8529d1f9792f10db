package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.aks.rules.Quotas;
import dev.fleetwright.simulator.http.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedClusterTest {
    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(folder, options -> options.withQuotas(new Quotas(Map.of("standardDSv5Family", 40), 1000, 2)));
        bench.arm.put(Wire.RG, "{'location':'westeurope'}");
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private Answer create(String fields) {
        return bench.arm.put(
                Wire.MC, Bench.cluster("sys", 2).replace("'dnsPrefix':'weu',", "'dnsPrefix':'weu'," + fields));
    }

    @Test
    void creationIsALongRunningOperationThatTellsItsProgress() {
        Answer created = create("");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text("/properties/provisioningState")).isEqualTo("Creating");
        assertThat(created.header("Retry-After")).isEmpty();
        String operation = created.header("Azure-AsyncOperation");
        assertThat(operation).startsWith(bench.simulator.endpoint()).hasSizeGreaterThan(2500);
        Answer running = bench.arm.get(operation);
        assertThat(running.status()).isEqualTo(200);
        assertThat(running.text("/status")).isEqualTo("ProvisioningControlPlane");
        assertThat(running.body().has("endTime")).isFalse();
        bench.time.advance(Duration.ofSeconds(200));
        assertThat(bench.arm.get(operation).text("/status")).isEqualTo("CreatingAgentPool: 0/2 nodes completed");
        bench.settle();
        Answer done = bench.arm.get(operation);
        assertThat(done.text("/status")).isEqualTo("Succeeded");
        Duration took = Duration.between(
                java.time.Instant.parse(done.text("/startTime")), java.time.Instant.parse(done.text("/endTime")));
        assertThat(took).isBetween(Duration.ofSeconds(225), Duration.ofSeconds(370));
        assertThat(bench.arm.get(Wire.MC).text("/properties/provisioningState")).isEqualTo("Succeeded");
    }

    @Test
    void theCreateReplyLacksWhatLaterReadsHave() {
        JsonNode created = create("").body();
        assertThat(created.has("eTag")).isFalse();
        assertThat(created.at("/properties/identityProfile").isMissingNode()).isTrue();
        assertThat(created.at("/properties/agentPoolProfiles/0").has("eTag")).isFalse();
        bench.settle();
        JsonNode read = bench.arm.get(Wire.MC).body();
        assertThat(read.path("eTag").asText()).isNotEmpty();
        assertThat(read.at("/properties/identityProfile/kubeletidentity/objectId")
                        .asText())
                .isNotEmpty();
        assertThat(read.at("/properties/agentPoolProfiles/0/eTag").asText()).isNotEmpty();
    }

    @Test
    void theServerFillsInWhatWasNotSent() {
        JsonNode created = create("'kubernetesVersion':'1.35',").body();
        assertThat(created.path("type").asText()).isEqualTo("Microsoft.ContainerService/ManagedClusters");
        assertThat(created.path("id").asText()).contains("/resourcegroups/rg/");
        assertThat(created.at("/properties/nodeResourceGroup").asText()).isEqualTo("MC_rg_weu_westeurope");
        assertThat(created.at("/properties/maxAgentPools").asInt()).isEqualTo(100);
        assertThat(created.at("/sku/tier").asText()).isEqualTo("Free");
        assertThat(created.at("/properties/networkProfile/loadBalancerSku").asText())
                .isEqualTo("Standard");
        assertThat(created.at("/properties/autoScalerProfile").isMissingNode()).isTrue();
        JsonNode pool = created.at("/properties/agentPoolProfiles/0");
        assertThat(pool.path("maxPods").asInt()).isEqualTo(250);
        assertThat(pool.path("enableAutoScaling").isBoolean()).isTrue();
        assertThat(pool.at("/upgradeSettings/maxSurge").asText()).isEqualTo("10%");
    }

    @Test
    void anAliasOfAVersionStaysAndItsNewestPatchRuns() {
        JsonNode created = bench.arm
                .put(Wire.MC, Bench.cluster("sys", 1).replace("1.34.2", "1.35"))
                .body();
        assertThat(created.at("/properties/kubernetesVersion").asText()).isEqualTo("1.35");
        assertThat(created.at("/properties/currentKubernetesVersion").asText()).isEqualTo("1.35.7");
        assertThat(created.at("/properties/agentPoolProfiles/0/orchestratorVersion")
                        .asText())
                .isEqualTo("1.35");
    }

    @Test
    void oneAutoscalerSettingBringsAllOfThem() {
        create("'autoScalerProfile':{'scan-interval':'20s'},");
        JsonNode profile = bench.arm.get(Wire.MC).body().at("/properties/autoScalerProfile");
        assertThat(profile.path("scan-interval").asText()).isEqualTo("20s");
        assertThat(profile.path("max-graceful-termination-sec").asText()).isEqualTo("600");
    }

    @Test
    void badRequestsAreRefusedAndLeaveNothing() {
        String mc = Wire.MC;
        assertThat(bench.arm.put(mc, Bench.cluster("Sys", 1)).code()).isEqualTo("InvalidParameter");
        assertThat(bench.arm
                        .put(mc, Bench.cluster("sys", 1).replace("System", "User"))
                        .code())
                .isEqualTo("InvalidParameter");
        assertThat(bench.arm
                        .put(mc, Bench.cluster("sys", 1).replace("1.34.2", "1.99.0"))
                        .code())
                .isEqualTo("K8sVersionNotSupported");
        Answer size = bench.arm.put(mc, Bench.cluster("sys", 1).replace("Standard_D4s_v5", "Standard_X1"));
        assertThat(size.status()).isEqualTo(400);
        assertThat(size.message()).contains("The VM size of Standard_X1 is not allowed");
        assertThat(bench.arm
                        .put(mc, Bench.cluster("sys", 1).replace("'dnsPrefix':'weu',", ""))
                        .message())
                .contains("dnsPrefix");
        assertThat(bench.arm.get(mc).status()).isEqualTo(404);
        assertThat(bench.arm.get(mc).header("x-ms-failure-cause")).isEqualTo("gateway");
    }

    @Test
    void quotasHold() {
        Answer vcpus = bench.arm.put(Wire.MC, Bench.cluster("sys", 11));
        assertThat(vcpus.status()).isEqualTo(400);
        assertThat(vcpus.code()).isEqualTo("QuotaExceeded");
        assertThat(vcpus.message()).contains("standardDSv5Family", "Current Limit: 40", "Additional Required: 44");
        for (String name : new String[] {"a", "b"}) {
            assertThat(bench.arm.put(Wire.MC + name, Bench.cluster("sys", 1)).status())
                    .isEqualTo(201);
        }
        assertThat(bench.arm.put(Wire.MC + "c", Bench.cluster("sys", 1)).code())
                .isEqualTo("ManagedClusterCountExceedsQuotaLimit");
    }

    @Test
    void theControlPlaneIsUpgradedOneMinorAtATimeAndPoolsStay() {
        create("");
        bench.settle();
        assertThat(bench.arm
                        .put(Wire.MC, Bench.cluster("sys", 2).replace("1.34.2", "1.36.1"))
                        .code())
                .isEqualTo("OperationNotAllowed");
        assertThat(bench.arm
                        .put(Wire.MC, Bench.cluster("sys", 2).replace("1.34.2", "1.33.5"))
                        .message())
                .contains("Downgrading");
        Answer accepted = bench.arm.put(
                Wire.MC, "{'location':'westeurope','properties':{'dnsPrefix':'weu','kubernetesVersion':'1.35.4'}}");
        assertThat(accepted.status()).isEqualTo(200);
        assertThat(accepted.text("/properties/provisioningState")).isEqualTo("Upgrading");
        assertThat(accepted.text("/properties/currentKubernetesVersion")).isEqualTo("1.34.2");
        assertThat(accepted.text("/properties/agentPoolProfiles/0/provisioningState"))
                .isEqualTo("Updating");
        bench.settle();
        Answer read = bench.arm.get(Wire.MC);
        assertThat(read.text("/properties/currentKubernetesVersion")).isEqualTo("1.35.4");
        assertThat(read.text("/properties/agentPoolProfiles/0/currentOrchestratorVersion"))
                .isEqualTo("1.34.2");
    }

    @Test
    void aClusterPutCannotAddPoolsButKeepsThoseThatItOmits() {
        create("");
        bench.settle();
        Answer added = bench.arm.put(Wire.MC, Bench.cluster("other", 1));
        assertThat(added.status()).isEqualTo(400);
        assertThat(added.message()).startsWith("A new agent pool was introduced.");
        Answer omitted = bench.arm.put(Wire.MC, "{'location':'westeurope','tags':{'a':'b'}}");
        assertThat(omitted.status()).isEqualTo(200);
        assertThat(omitted.body().at("/properties/agentPoolProfiles")).hasSize(1);
    }

    @Test
    void whatWasReadCanBeWrittenBack() {
        create("");
        bench.settle();
        JsonNode read = bench.arm.get(Wire.MC).body();
        Answer written = bench.arm.put(Wire.MC, read.toString());
        assertThat(written.status()).as(written.toString()).isEqualTo(200);
        bench.settle();
        JsonNode again = bench.arm.get(Wire.MC).body();
        assertThat(again.at("/properties/networkProfile")).isEqualTo(read.at("/properties/networkProfile"));
        assertThat(again.at("/properties/agentPoolProfiles/0/count").asInt()).isEqualTo(2);
    }

    @Test
    void fixedPropertiesAndTheLocationAreRefused() {
        create("");
        bench.settle();
        assertThat(bench.arm
                        .put(Wire.MC, "{'location':'westeurope','properties':{'dnsPrefix':'other'}}")
                        .code())
                .isEqualTo("PropertyChangeNotAllowed");
        assertThat(bench.arm.put(Wire.MC, "{'location':'eastus'}").code()).isEqualTo("InvalidResourceLocation");
    }

    @Test
    void tagsArePatchedAlone() {
        create("");
        bench.settle();
        assertThat(bench.arm.call("PATCH", Wire.MC, "{'tags':{'team':'x'}}").status())
                .isEqualTo(200);
        assertThat(bench.arm.get(Wire.MC).text("/tags/team")).isEqualTo("x");
    }

    @Test
    void deletionAnswersWithBothPollingHeadersAndLeavesNothing() {
        create("");
        bench.settle();
        Answer deleting = bench.arm.delete(Wire.MC);
        assertThat(deleting.status()).isEqualTo(202);
        assertThat(deleting.header("Azure-AsyncOperation")).contains("/operations/");
        assertThat(deleting.header("Location")).contains("/operationresults/");
        assertThat(bench.arm.get(deleting.header("Location")).status()).isEqualTo(202);
        assertThat(bench.arm.get(Wire.MC).text("/properties/provisioningState")).isEqualTo("Deleting");
        bench.settle();
        assertThat(bench.arm.get(deleting.header("Azure-AsyncOperation")).text("/status"))
                .isEqualTo("Succeeded");
        assertThat(bench.arm.get(Wire.MC).code()).isEqualTo("ResourceNotFound");
        assertThat(bench.arm.delete(Wire.MC).status()).isEqualTo(204);
    }

    @Test
    void anAbortEndsWhatRunsWithoutRollback() {
        create("");
        bench.settle();
        Answer update = bench.arm.put(Wire.MC, "{'location':'westeurope','tags':{'a':'b'}}");
        Answer abort = bench.arm.post(Wire.MC + "/abort", "");
        assertThat(abort.status()).isEqualTo(202);
        assertThat(bench.arm.get(update.header("Azure-AsyncOperation")).text("/status"))
                .isEqualTo("Canceling");
        bench.settle();
        assertThat(bench.arm.get(update.header("Azure-AsyncOperation")).text("/status"))
                .isEqualTo("Canceled");
        assertThat(bench.arm.get(Wire.MC).text("/properties/provisioningState")).isEqualTo("Canceled");
        assertThat(bench.arm.post(Wire.MC + "/abort", "").status()).isEqualTo(409);
        assertThat(bench.arm.put(Wire.MC, "{'location':'westeurope'}").status()).isEqualTo(200);
    }

    @Test
    void adminCredentialsAreAKubeconfig() throws java.io.IOException {
        create("");
        assertThat(bench.arm.post(Wire.MC + "/listClusterAdminCredential", "").status())
                .isEqualTo(400);
        bench.settle();
        Answer answer = bench.arm.post(Wire.MC + "/listClusterAdminCredential", "");
        assertThat(answer.text("/kubeconfigs/0/name")).isEqualTo("clusterAdmin");
        JsonNode config = Json.MAPPER.readTree(Base64.getDecoder().decode(answer.text("/kubeconfigs/0/value")));
        assertThat(config.path("current-context").asText()).isEqualTo("weu-admin");
        assertThat(config.at("/users/0/name").asText()).isEqualTo("clusterAdmin_rg_weu");
    }

    @Test
    void versionsOnOfferAreTold() {
        create("");
        bench.settle();
        String locations = Wire.S + "/providers/Microsoft.ContainerService/locations/westeurope/";
        assertThat(bench.arm.get(locations + "kubernetesVersions").body().path("values"))
                .isNotEmpty();
        Answer profile = bench.arm.get(Wire.MC + "/upgradeProfiles/default");
        assertThat(profile.body().at("/properties/controlPlaneProfile/upgrades").findValuesAsText("kubernetesVersion"))
                .contains("1.34.4", "1.35.7")
                .doesNotContain("1.36.1");
        assertThat(bench.arm.get(Wire.MC + "/availableAgentPoolVersions").body().at("/properties/agentPoolVersions"))
                .isNotEmpty();
    }

    @Test
    void listsArePaged() {
        create("");
        assertThat(bench.arm
                        .get(Wire.S + "/providers/Microsoft.ContainerService/managedClusters")
                        .body()
                        .path("value"))
                .hasSize(1);
        Answer pools = bench.arm.get(Wire.MC + "/agentPools");
        assertThat(pools.body().path("value")).hasSize(1);
        assertThat(bench.arm.get(pools.text("/nextLink")).body().path("value")).isEmpty();
    }
}
