package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Section 1 of the protocol page: every operation answers, with its status; api-versions. The wire checks the shape of
 * every reply.
 */
class ConformanceEndpointsTest {
    private static final String LOCATION = Wire.S + "/providers/Microsoft.ContainerService/locations/westeurope";
    private static final String WINDOW = Wire.MC + "/maintenanceConfigurations/aksManagedAutoUpgradeSchedule";
    private static final String WEEKLY = Bench.properties("'maintenanceWindow':{'schedule':{'weekly':"
            + "{'intervalWeeks':1,'dayOfWeek':'Monday'}},'durationHours':4,'startTime':'01:00'}");

    @TempDir
    static Path folder;

    private static Bench bench;

    @BeforeAll
    static void start() {
        bench = new Bench(folder).withCluster().withPool("blue", 2);
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    static Stream<Arguments> reads() {
        String pool = Bench.POOL + "blue";
        return Stream.of(
                        Wire.MC,
                        Wire.S + "/providers/Microsoft.ContainerService/managedClusters",
                        Wire.RG + "/providers/Microsoft.ContainerService/managedClusters",
                        Wire.MC + "/upgradeProfiles/default",
                        Wire.MC + "/availableAgentPoolVersions",
                        Wire.MC + "/agentPools",
                        Wire.MC + "/maintenanceConfigurations",
                        pool,
                        pool + "/machines",
                        pool + "/upgradeProfiles/default",
                        LOCATION + "/kubernetesVersions",
                        Wire.S + "/resourceGroups",
                        Wire.RG,
                        Wire.S + "/resources",
                        Wire.S + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities",
                        Wire.S + "/providers/Microsoft.ContainerRegistry/registries",
                        Wire.S + "/locations",
                        Wire.S + "/providers",
                        Wire.S + "/providers/Microsoft.ContainerService",
                        Wire.S + "/providers/Microsoft.Authorization/roleAssignments",
                        Wire.RG + "/providers/Microsoft.Authorization/roleDefinitions",
                        "/subscriptions")
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("reads")
    void everyReadAnswersWithItsPublishedShape(String path) {
        Answer answer = bench.arm.get(path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(answer.header("x-ms-request-id")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2020-11-01",
                "2022-01-01",
                "2023-01-01",
                "2024-09-01",
                "2025-09-01",
                "2026-05-01",
                "2026-08-01",
                "2031-01-01",
                "2025-08-02-preview"
            })
    void eachVersionIsShownWhatItKnows(String version) {
        Answer cluster = bench.arm.get(Wire.MC + "?api-version=" + version);
        assertThat(cluster.status()).isEqualTo(200);
        assertThat(cluster.body().has("eTag")).isEqualTo(version.compareTo("2024-09-01") >= 0);
        assertThat(bench.arm.get(Bench.POOL + "blue?api-version=" + version).status())
                .isEqualTo(200);
    }

    @Test
    void malformedMissingAndTooOldVersionsAreRefused() {
        assertThat(bench.arm.get(Wire.MC + "?api-version=latest").code()).isEqualTo("InvalidApiVersionParameter");
        assertThat(bench.arm.get(Wire.MC + "?x=1").code()).isEqualTo("MissingApiVersionParameter");
        Answer old = bench.arm.get(Wire.MC + "?api-version=2016-01-01");
        assertThat(old.status()).isEqualTo(400);
        assertThat(old.code()).isEqualTo("NoRegisteredProviderFound");
    }

    @Test
    void maintenanceWindowsAreSynchronous() {
        assertThat(bench.arm.put(WINDOW, WEEKLY).status()).isEqualTo(201);
        assertThat(bench.arm.put(WINDOW, WEEKLY).status()).isEqualTo(200);
        assertThat(bench.arm.get(WINDOW).text("/properties/maintenanceWindow/utcOffset"))
                .isEqualTo("+00:00");
        assertThat(bench.arm.get(Wire.MC).body().has("maintenanceConfigurations"))
                .isFalse();
        assertThat(bench.arm.delete(WINDOW).status()).isEqualTo(200);
        assertThat(bench.arm.delete(WINDOW).status()).isEqualTo(204);
        assertThat(bench.arm.get(WINDOW).status()).isEqualTo(404);
    }

    @Test
    void maintenanceWindowsWithoutAScheduleOrUnderAnotherNameAreRefused() {
        assertThat(bench.arm
                        .put(WINDOW, WEEKLY.replace("'durationHours':4,", ""))
                        .message())
                .contains("durationHours");
        assertThat(bench.arm
                        .put(WINDOW, WEEKLY.replace("'durationHours':4", "'durationHours':3"))
                        .code())
                .isEqualTo("InvalidParameter");
        assertThat(bench.arm
                        .put(WINDOW, WEEKLY.replace("'intervalWeeks':1,'dayOfWeek':'Monday'", ""))
                        .code())
                .isEqualTo("InvalidParameter");
        assertThat(bench.arm
                        .put(WINDOW.replace("aksManagedAutoUpgradeSchedule", "other"), WEEKLY)
                        .message())
                .contains("configName");
    }

    @Test
    void aStoppedClusterHasNoMachinesAndTakesNothingButAStart() {
        assertThat(bench.arm.post(Wire.MC + "/start", "").message()).contains("starting cannot be performed");
        Answer stopping = bench.arm.post(Wire.MC + "/stop", "");
        assertThat(stopping.status()).isEqualTo(202);
        assertThat(stopping.header("Azure-AsyncOperation")).contains("/operations/");
        assertThat(stopping.header("Location")).contains("/operationresults/");
        assertThat(bench.arm.get(Wire.MC).text("/properties/provisioningState")).isEqualTo("Stopping");
        bench.settle();
        JsonNode stopped = bench.arm.get(Wire.MC).body();
        assertThat(stopped.at("/properties/powerState/code").asText()).isEqualTo("Stopped");
        assertThat(stopped.at("/properties/provisioningState").asText()).isEqualTo("Succeeded");
        assertThat(bench.arm.get(Bench.POOL + "blue/machines").body().path("value"))
                .isEmpty();
        assertThat(bench.arm.put(Wire.MC, "{'location':'westeurope'}").code()).isEqualTo("OperationNotAllowed");
        assertThat(bench.arm.post(Wire.MC + "/stop", "").message()).contains("Power State(Stopped)");
        assertThat(bench.arm.post(Wire.MC + "/start", "").status()).isEqualTo(202);
        bench.settle();
        assertThat(bench.arm.get(Bench.POOL + "blue/machines").body().path("value"))
                .hasSize(2);
    }

    @Test
    void aPoolIsStoppedAndStartedByAPut() {
        String stop = Bench.pool(2).replace("'mode'", "'powerState':{'code':'Stopped'},'mode'");
        assertThat(bench.arm.put(Bench.POOL + "blue", stop).text("/properties/provisioningState"))
                .isEqualTo("Stopping");
        bench.settle();
        assertThat(bench.arm.get(Bench.POOL + "blue/machines").body().path("value"))
                .isEmpty();
        assertThat(bench.arm
                        .get(Bench.POOL + "blue")
                        .body()
                        .at("/properties/count")
                        .asInt())
                .isEqualTo(2);
        bench.arm.put(Bench.POOL + "blue", stop.replace("Stopped", "Running"));
        bench.settle();
        assertThat(bench.arm.get(Bench.POOL + "blue/machines").body().path("value"))
                .hasSize(2);
        assertThat(bench.arm
                        .put(
                                Bench.POOL + "sys",
                                Bench.properties("'count':2,'mode':'System','powerState':{'code':'Stopped'}"))
                        .message())
                .contains("System pools can't be stopped");
    }

    @Test
    void certificatesAndNodeImagesAreRenewedByLongRunningOperations() {
        assertThat(bench.arm.post(Wire.MC + "/rotateClusterCertificates", "").status())
                .isEqualTo(202);
        assertThat(bench.arm.get(Wire.MC).text("/properties/provisioningState"))
                .isEqualTo("RotatingClusterCertificates");
        bench.settle();
        String before = bench.arm.get(Bench.POOL + "blue").text("/properties/nodeImageVersion");
        bench.time.advance(java.time.Duration.ofDays(14));
        bench.arm.signedIn();
        Answer profile = bench.arm.get(Bench.POOL + "blue/upgradeProfiles/default?api-version=2026-08-01");
        assertThat(profile.text("/properties/latestNodeImageVersion")).isGreaterThan(before);
        Answer upgrade = bench.arm.post(Bench.POOL + "blue/upgradeNodeImageVersion", "");
        assertThat(upgrade.status()).isEqualTo(202);
        assertThat(upgrade.text("/properties/provisioningState")).isEqualTo("UpgradingNodeImageVersion");
        bench.settle();
        assertThat(bench.arm.get(Bench.POOL + "blue").text("/properties/nodeImageVersion"))
                .isEqualTo(profile.text("/properties/latestNodeImageVersion"));
        profile = bench.arm.get(Bench.POOL + "blue/upgradeProfiles/default?api-version=2026-08-01");
        assertThat(profile.text("/properties/recentlyUsedVersions/0/nodeImageVersion"))
                .isEqualTo(before);
    }

    @Test
    void operationsTellTheirDetails() {
        Answer put = bench.arm.put(Bench.POOL + "blue", Bench.pool(2));
        String id = put.header("Azure-AsyncOperation").replaceAll(".*/operations/([^?]*).*", "$1");
        Answer running = bench.arm.get(Wire.MC + "/operations/" + id);
        assertThat(running.body().path("percentComplete").asDouble()).isLessThan(100);
        bench.settle();
        Answer ended = bench.arm.get(Bench.POOL + "blue/operations/" + id);
        assertThat(ended.text("/status")).isEqualTo("Succeeded");
        assertThat(ended.body().path("percentComplete").asDouble()).isEqualTo(100);
        assertThat(bench.arm.get(Bench.POOL + "sys/operations/" + id).status()).isEqualTo(404);
    }

    @Test
    void resourceGroupsAreLookedForByHead() {
        assertThat(bench.arm.call("HEAD", Wire.RG, "").status()).isEqualTo(204);
        assertThat(bench.arm.call("HEAD", Wire.RG + "x", "").status()).isEqualTo(404);
    }

    @Test
    void resourcesAreListedAcrossGroupsByTypeAndGroup() {
        String list = Wire.S + "/resources?api-version=2021-04-01&$filter=";
        assertThat(bench.arm
                        .get(list + "resourceType%20eq%20'Microsoft.ContainerService/managedClusters'")
                        .text("/value/0/name"))
                .isEqualTo("weu");
        assertThat(bench.arm.get(list + "resourceGroup%20eq%20'other'").body().path("value"))
                .isEmpty();
        assertThat(bench.arm.call("PATCH", Wire.RG, "{'tags':{'a':'b'}}").text("/tags/a"))
                .isEqualTo("b");
    }

    @Test
    void builtInRolesAreFoundByName() {
        String filter = "?api-version=2022-04-01&$filter=roleName%20eq%20'AcrPull'";
        Answer found = bench.arm.get(Wire.RG + "/providers/Microsoft.Authorization/roleDefinitions" + filter);
        assertThat(found.body().path("value")).hasSize(1);
        assertThat(found.text("/value/0/name")).isEqualTo("7f951dda-4ed3-4680-a7ca-43fe172d538d");
        assertThat(bench.arm
                        .get(found.text("/value/0/id") + "?api-version=2022-04-01")
                        .text("/properties/roleName"))
                .isEqualTo("AcrPull");
        assertThat(bench.arm
                        .get("/providers/Microsoft.Authorization/roleDefinitions/00000000-0000-0000-0000-00000000dead")
                        .code())
                .isEqualTo("RoleDefinitionDoesNotExist");
    }
}
