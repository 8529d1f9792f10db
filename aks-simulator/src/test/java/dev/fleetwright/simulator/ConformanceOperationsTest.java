package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.http.Json;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Sections 2 to 5, 10 and 11 of the protocol page: what writes answer, eTags, states, locks, errors, kubeconfigs. */
class ConformanceOperationsTest {
    private static final String CHANGE = "{'location':'westeurope','tags':{'a':'b'}}";
    private static final String BLUE = Bench.POOL + "blue";
    private static final String ASSIGNMENT =
            "/providers/Microsoft.Authorization/roleAssignments/aaaaaaaa-0000-0000-0000-00000000000";
    private static final String GRANT = Bench.properties(
            "'roleDefinitionId':'acdd72a7-3385-48ef-bd42-f606fba81ae7','principalType':'ServicePrincipal',"
                    + "'principalId':'bbbbbbbb-0000-0000-0000-000000000001'");

    @TempDir
    static Path folder;

    private static Bench bench;

    @BeforeAll
    static void start() {
        bench = new Bench(folder);
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    /** The group goes with all that the last test left; that is faster than another simulator. */
    @BeforeEach
    void anew() {
        bench.arm.delete(Wire.RG);
        bench.settle();
        bench.withCluster().withPool("blue", 1);
    }

    /** Section 2: method, path, body, status, state of the cluster, whether there is a document, and a Location. */
    static Stream<Arguments> writes() {
        return Stream.of(
                Arguments.of("PUT", Wire.MC, CHANGE, 200, "Updating", true, false),
                Arguments.of("PATCH", Wire.MC, "{'tags':{'a':'b'}}", 200, "Updating", true, false),
                Arguments.of("DELETE", Wire.MC, "", 202, "Deleting", false, true),
                Arguments.of("POST", Wire.MC + "/stop", "", 202, "Stopping", false, true),
                Arguments.of(
                        "POST",
                        Wire.MC + "/rotateClusterCertificates",
                        "",
                        202,
                        "RotatingClusterCertificates",
                        false,
                        true),
                Arguments.of("PUT", BLUE, Bench.pool(2), 200, "Succeeded", true, false),
                Arguments.of("PUT", Bench.POOL + "green", Bench.pool(1), 201, "Succeeded", true, false),
                Arguments.of("DELETE", BLUE, "", 202, "Succeeded", false, true),
                Arguments.of("POST", BLUE + "/upgradeNodeImageVersion", "", 202, "Succeeded", true, true));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void everyWriteIsALongRunningOperation(
            String method, String path, String body, int status, String state, boolean document, boolean location) {
        Answer accepted = bench.arm.call(method, path, body);
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(status);
        assertThat(accepted.header("Azure-AsyncOperation")).contains("/operations/");
        assertThat(accepted.header("Location").contains("/operationresults/")).isEqualTo(location);
        assertThat(accepted.header("Retry-After")).isEmpty();
        assertThat(accepted.body().isObject()).isEqualTo(document);
        assertThat(accepted.header("Content-Type").isEmpty()).isEqualTo(!document);
        assertThat(bench.arm.get(Wire.MC).text("/properties/provisioningState")).isEqualTo(state);
        Answer running = bench.arm.get(accepted.header("Azure-AsyncOperation"));
        assertThat(running.status()).isEqualTo(200);
        assertThat(running.text("/status")).isNotIn("Succeeded", "Failed", "Canceled");
        assertThat(running.body().has("endTime")).isFalse();
        bench.settle();
        Answer ended = bench.arm.get(accepted.header("Azure-AsyncOperation"));
        assertThat(ended.text("/status")).isEqualTo("Succeeded");
        assertThat(ended.body().has("endTime")).isTrue();
    }

    /** Section 3: with {@code NOW} as the eTag that the pool has. */
    @ParameterizedTest
    @CsvSource({
        "PUT, green, If-Match, *, 412",
        "PUT, green, If-Match, x, 412",
        "PUT, green, If-None-Match, *, 201",
        "PUT, blue, If-Match, *, 200",
        "PUT, blue, If-Match, NOW, 200",
        "PUT, blue, If-Match, x, 412",
        "PUT, blue, If-None-Match, *, 412",
        "PUT, blue, If-None-Match, x, 400",
        "DELETE, green, If-Match, x, 204",
        "DELETE, blue, If-Match, x, 412",
        "DELETE, blue, If-Match, NOW, 202"
    })
    void poolETagsGuardWrites(String method, String pool, String header, String tag, int status) {
        String now = bench.arm.get(BLUE).text("/properties/eTag");
        String body = method.equals("PUT") ? Bench.pool(2) : "";
        Answer answer = bench.arm.call(method, Bench.POOL + pool, body, header, tag.equals("NOW") ? now : tag);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        if (status == 412) {
            assertThat(answer.code()).isEqualTo("PreConditionFailed");
        }
    }

    /** Section 3, for clusters. */
    @ParameterizedTest
    @CsvSource({
        "PUT, weu, If-Match, NOW, 200",
        "PUT, weu, If-Match, x, 412",
        "PUT, weu, If-None-Match, *, 412",
        "PATCH, weu, If-Match, x, 412",
        "PATCH, weu, If-Match, NOW, 200",
        "PATCH, none, If-Match, x, 404",
        "DELETE, weu, If-Match, x, 412",
        "DELETE, weu, If-Match, NOW, 202",
        "DELETE, none, If-Match, x, 204"
    })
    void clusterETagsGuardWrites(String method, String cluster, String header, String tag, int status) {
        String now = bench.arm.get(Wire.MC).text("/eTag");
        String body = switch (method) {
            case "PUT" -> CHANGE;
            case "PATCH" -> "{'tags':{'a':'b'}}";
            default -> "";
        };
        String path = Wire.MC.replaceFirst("weu$", cluster);
        Answer answer = bench.arm.call(method, path, body, header, tag.equals("NOW") ? now : tag);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    }

    @Test
    void bothConditionsTogetherAreABadRequest() {
        Answer both = bench.arm.put(BLUE, Bench.pool(2), "If-Match", "*", "If-None-Match", "*");
        assertThat(both.status()).isEqualTo(400);
        assertThat(both.code()).isEqualTo("BadRequest");
    }

    @Test
    void aPoolsComingAndGoingLeavesTheOthersETagsAlone() {
        String cluster = bench.arm.get(Wire.MC).text("/eTag");
        String sys = bench.arm.get(Bench.POOL + "sys").text("/properties/eTag");
        String made = bench.arm.put(Bench.POOL + "green", Bench.pool(1)).text("/properties/eTag");
        bench.settle();
        assertThat(bench.arm.get(Bench.POOL + "green").text("/properties/eTag")).isNotEqualTo(made);
        bench.arm.delete(Bench.POOL + "green");
        bench.settle();
        assertThat(bench.arm.get(Wire.MC).text("/eTag")).isEqualTo(cluster);
        assertThat(bench.arm.get(Bench.POOL + "sys").text("/properties/eTag")).isEqualTo(sys);
        bench.arm.put(Wire.MC, CHANGE);
        bench.settle();
        assertThat(bench.arm.get(Bench.POOL + "sys").text("/properties/eTag")).isNotEqualTo(sys);
    }

    @Test
    void aClusterOperationLocksEverythingButReadsAndTheAbort() {
        bench.arm.put(Wire.MC, CHANGE);
        assertThat(bench.arm.get(BLUE).text("/properties/provisioningState")).isEqualTo("Updating");
        for (String path : List.of(Wire.MC, BLUE, Bench.POOL + "green")) {
            Answer busy = bench.arm.put(path, path.equals(Wire.MC) ? CHANGE : Bench.pool(1));
            assertThat(busy.status()).isEqualTo(409);
            assertThat(busy.code()).isEqualTo("OperationNotAllowed");
            assertThat(busy.message()).contains("in progress update managed cluster operation");
        }
        assertThat(bench.arm.delete(BLUE).status()).isEqualTo(409);
        assertThat(bench.arm.post(Wire.MC + "/stop", "").status()).isEqualTo(409);
        assertThat(bench.arm.put(Wire.MC + ASSIGNMENT + "1", GRANT).status()).isEqualTo(201);
        assertThat(bench.arm.post(Wire.MC + "/abort", "").status()).isEqualTo(202);
    }

    @Test
    void aPoolOperationLocksThatPoolAndTheCluster() {
        bench.arm.put(BLUE, Bench.pool(2));
        assertThat(bench.arm.put(BLUE, Bench.pool(3)).message())
                .contains("Another agentpool operation (blue - Scaling)");
        assertThat(bench.arm.put(Wire.MC, CHANGE).message()).contains("in progress on agent pool blue");
        assertThat(bench.arm
                        .post(BLUE + "/deleteMachines", "{'machineNames':['x']}")
                        .status())
                .isEqualTo(409);
        assertThat(bench.arm.post(BLUE + "/abort", "").status()).isEqualTo(202);
        bench.settle();
        assertThat(bench.arm.get(BLUE).text("/properties/provisioningState")).isEqualTo("Canceled");
        assertThat(bench.arm.post(BLUE + "/abort", "").status()).isEqualTo(409);
    }

    @Test
    void emptyMapsAreInThePutReplyAndNotInTheRead() {
        Answer put = bench.arm.put(BLUE, Bench.pool(1));
        assertThat(put.body().at("/properties/nodeLabels").isObject()).isTrue();
        assertThat(put.body().at("/properties/tags").isObject()).isTrue();
        assertThat(put.body().at("/properties/enableAutoScaling").isBoolean()).isTrue();
        JsonNode read = bench.arm.get(BLUE).body();
        assertThat(read.at("/properties").has("nodeLabels")).isFalse();
        assertThat(read.at("/properties").has("tags")).isFalse();
    }

    /** Section 5: what is missing, the code, and who tells it. */
    @ParameterizedTest
    @CsvSource({
        "/managedClusters/none, ResourceNotFound, gateway",
        "/managedClusters/none/agentPools/blue, ParentResourceNotFound, gateway",
        "/managedClusters/weu/agentPools/none, NotFound, ''",
        "/managedClusters/weu/agentPools/blue/machines/none, NotFound, ''",
        "/managedClusters/weu/maintenanceConfigurations/default, NotFound, ''"
    })
    void whatIsMissingIsToldByWhoMissesIt(String below, String code, String cause) {
        Answer answer = bench.arm.get(Wire.RG + "/providers/Microsoft.ContainerService" + below);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.header("x-ms-failure-cause")).isEqualTo(cause);
        assertThat(answer.body().has("error")).isEqualTo(!cause.isEmpty());
    }

    @Test
    void aMissingGroupIsToldBeforeAnythingInIt() {
        assertThat(bench.arm.put(Wire.MC.replace("/rg/", "/none/"), CHANGE).code())
                .isEqualTo("ResourceGroupNotFound");
    }

    @Test
    void oneNameIsOneRoleAssignmentInTheWholeSubscription() {
        assertThat(bench.arm.put(Wire.RG + ASSIGNMENT + "1", GRANT).status()).isEqualTo(201);
        assertThat(bench.arm.put(Wire.RG + ASSIGNMENT + "1", GRANT).status()).isEqualTo(200);
        assertThat(bench.arm.put(Wire.MC + ASSIGNMENT + "1", GRANT).code())
                .isEqualTo("RoleAssignmentUpdateNotPermitted");
        assertThat(bench.arm.put(Wire.RG + ASSIGNMENT + "2", GRANT).code()).isEqualTo("RoleAssignmentExists");
        assertThat(bench.arm
                        .put(Wire.MC + ASSIGNMENT + "3", GRANT.replace("acdd72a7", "00000000"))
                        .code())
                .isEqualTo("RoleDefinitionDoesNotExist");
        assertThat(bench.arm
                        .put(Wire.MC + ASSIGNMENT.replaceFirst("[^/]+$", "reader"), GRANT)
                        .code())
                .isEqualTo("InvalidRoleAssignmentId");
    }

    @Test
    void withADirectoryUsersSignInAndAdminsKeepTheirCertificateUntilItIsTakenAway() throws java.io.IOException {
        String aad =
                "{'location':'westeurope','properties':{'aadProfile':{'managed':true},'disableLocalAccounts':false}}";
        bench.arm.put(Wire.MC, aad);
        bench.settle();
        JsonNode user = kubeconfig("/listClusterUserCredential?api-version=2025-09-01&format=exec");
        assertThat(user.at("/users/0/user/exec/command").asText()).isEqualTo("kubelogin");
        JsonNode old = kubeconfig("/listClusterUserCredential?api-version=2025-09-01&format=azure");
        assertThat(old.at("/users/0/user/auth-provider/name").asText()).isEqualTo("azure");
        assertThat(kubeconfig("/listClusterAdminCredential").at("/users/0/user").has("exec"))
                .isFalse();
        bench.arm.put(Wire.MC, aad.replace("false", "true"));
        bench.settle();
        Answer admin = bench.arm.post(Wire.MC + "/listClusterAdminCredential", "");
        assertThat(admin.status()).isEqualTo(400);
        assertThat(kubeconfig("/listClusterUserCredential").at("/users/0/user").has("exec"))
                .isTrue();
        assertThat(bench.arm
                        .post(Wire.MC + "/accessProfiles/clusterRoot/listCredential", "")
                        .status())
                .isEqualTo(404);
    }

    private JsonNode kubeconfig(String action) throws java.io.IOException {
        Answer answer = bench.arm.post(Wire.MC + action, "");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return Json.MAPPER.readTree(Base64.getDecoder().decode(answer.text("/kubeconfigs/0/value")));
    }
}
