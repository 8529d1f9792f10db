package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.behaviour.Behaviours;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sections 2, 5, 7, 8 and 9 of the protocol page: how requests are read, and what is refused. */
class ConformanceRequestsTest {
    private static final String KMS = "'securityProfile':{'azureKeyVaultKms':{'enabled':true,'keyId':'https://v/k'";
    private static final String NET = "'networkProfile':{";
    private static final String API = "'apiServerAccessProfile':{";

    @TempDir
    static Path folder;

    private static Bench bench;

    @BeforeAll
    static void start() {
        bench = new Bench(folder).withCluster();
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    /** Fields of a new cluster, and the parameter that the refusal names. */
    static Stream<Arguments> newClusters() {
        return Stream.of(
                Arguments.of(NET + "'networkPlugin':'kubenet','networkPluginMode':'overlay'}", "networkPluginMode"),
                Arguments.of(NET + "'networkPolicy':'cilium'}", "networkPolicy"),
                Arguments.of(NET + "'networkPlugin':'none','networkDataplane':'cilium'}", "networkDataplane"),
                Arguments.of(NET + "'networkPlugin':'weave'}", "networkPlugin"),
                Arguments.of(NET + "'loadBalancerSku':'basic'}", "loadBalancerSku"),
                Arguments.of(NET + "'podCidr':'10.244.0.0/99'}", "podCidr"),
                Arguments.of(NET + "'serviceCidr':'10.244.4.0/24','dnsServiceIP':'10.244.4.10'}", "serviceCidr"),
                Arguments.of(NET + "'dnsServiceIP':'10.9.0.10'}", "dnsServiceIP"),
                Arguments.of(NET + "'dnsServiceIP':'10.0.0.1'}", "dnsServiceIP"),
                Arguments.of(
                        NET + "'loadBalancerProfile':{'managedOutboundIPs':{'count':1},'outboundIPs':"
                                + "{'publicIPs':[{'id':'/x'}]}}}",
                        "loadBalancerProfile"),
                Arguments.of(NET + "'loadBalancerProfile':{'managedOutboundIPs':{'count':101}}}", "count"),
                Arguments.of(NET + "'loadBalancerProfile':{'allocatedOutboundPorts':64001}}", "allocatedOutboundPorts"),
                Arguments.of(NET + "'loadBalancerProfile':{'allocatedOutboundPorts':9}}", "allocatedOutboundPorts"),
                Arguments.of(NET + "'loadBalancerProfile':{'idleTimeoutInMinutes':3}}", "idleTimeoutInMinutes"),
                Arguments.of(NET + "'natGatewayProfile':{'idleTimeoutInMinutes':4}}", "natGatewayProfile"),
                Arguments.of("'supportPlan':'AKSLongTermSupport'", "supportPlan"),
                Arguments.of(API + "'privateDNSZone':'system'}", "privateDNSZone"),
                Arguments.of(API + "'enablePrivateCluster':true,'privateDNSZone':'zone'}", "privateDNSZone"),
                Arguments.of(API + "'enablePrivateClusterPublicFQDN':true}", "enablePrivateClusterPublicFQDN"),
                Arguments.of(
                        API + "'enablePrivateCluster':true,'authorizedIPRanges':['1.2.3.4/32']}", "authorizedIPRanges"),
                Arguments.of(API + "'authorizedIPRanges':['everywhere']}", "authorizedIPRanges"),
                Arguments.of("'disableLocalAccounts':true", "disableLocalAccounts"),
                Arguments.of("'aadProfile':{'enableAzureRBAC':true}", "enableAzureRBAC"),
                Arguments.of("'securityProfile':{'workloadIdentity':{'enabled':true}}", "workloadIdentity"),
                Arguments.of("'securityProfile':{'imageCleaner':{'enabled':true,'intervalHours':23}}", "intervalHours"),
                Arguments.of(KMS + "}}", "azureKeyVaultKms"),
                Arguments.of("'autoUpgradeProfile':{'upgradeChannel':'weekly'}", "upgradeChannel"),
                Arguments.of("'autoScalerProfile':{'expander':'cheapest'}", "expander"),
                Arguments.of("'autoScalerProfile':{'scan-interval':'10'}", "scan-interval"),
                Arguments.of("'autoScalerProfile':{'scale-down-utilization-threshold':'2'}", "utilization"),
                Arguments.of("'linuxProfile':{'adminUsername':'a','ssh':{'publicKeys':[{'keyData':'x'}]}}", "keyData"),
                Arguments.of("'identityProfile':{'kubeletidentity':{'resourceId':'/x'}}", "identityProfile"));
    }

    @ParameterizedTest
    @MethodSource("newClusters")
    void aClusterThatBreaksARuleIsRefusedByThePropertysName(String fields, String parameter) {
        String body = Bench.cluster("sys", 1).replace("'dnsPrefix':'weu',", "'dnsPrefix':'weu'," + fields + ",");
        Answer answer = bench.arm.put(Wire.MC + "x", body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("InvalidParameter");
        assertThat(answer.text("/target")).contains(parameter);
        assertThat(bench.arm.get(Wire.MC + "x").status()).isEqualTo(404);
    }

    /** Fields of a new pool, and the parameter that the refusal names. */
    static Stream<Arguments> newPools() {
        return Stream.of(
                Arguments.of("'upgradeSettings':{'maxSurge':'many'}", "maxSurge"),
                Arguments.of("'upgradeSettings':{'maxSurge':'101%'}", "maxSurge"),
                Arguments.of("'upgradeSettings':{'maxSurge':'0','maxUnavailable':'0'}", "upgradeSettings"),
                Arguments.of("'upgradeSettings':{'drainTimeoutInMinutes':1441}", "drainTimeoutInMinutes"),
                Arguments.of("'upgradeSettings':{'nodeSoakDurationInMinutes':31}", "nodeSoakDurationInMinutes"),
                Arguments.of("'upgradeSettings':{'undrainableNodeBehavior':'Ignore'}", "undrainableNodeBehavior"),
                Arguments.of("'scaleDownMode':'Deallocate','osDiskType':'Ephemeral'", "scaleDownMode"),
                Arguments.of("'nodePublicIPPrefixID':'/x'", "nodePublicIPPrefixID"),
                Arguments.of("'podSubnetID':'/x'", "podSubnetID"),
                Arguments.of("'gpuInstanceProfile':'MIG1g'", "gpuInstanceProfile"),
                Arguments.of("'osDiskSizeGB':2049", "osDiskSizeGB"),
                Arguments.of("'kubeletConfig':{'containerLogMaxFiles':1}", "containerLogMaxFiles"),
                Arguments.of(
                        "'kubeletConfig':{'imageGcHighThreshold':50,'imageGcLowThreshold':60}", "imageGcHighThreshold"),
                Arguments.of("'linuxOSConfig':{'swapFileSizeMB':1500}", "swapFileSizeMB"),
                Arguments.of(
                        "'mode':'System','upgradeSettings':{'maxUnavailable':'1'}", "upgradeSettings.maxUnavailable"));
    }

    @ParameterizedTest
    @MethodSource("newPools")
    void aPoolThatBreaksARuleIsRefusedByThePropertysName(String fields, String parameter) {
        Answer answer =
                bench.arm.put(Bench.POOL + "blue", Bench.properties("'count':1,'vmSize':'Standard_D8s_v5'," + fields));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("InvalidParameter");
        assertThat(answer.text("/target")).contains(parameter);
        assertThat(bench.arm.get(Bench.POOL + "blue").status()).isEqualTo(404);
    }

    @Test
    void unknownFieldsAreRefusedFrom2024OnAndDroppedBefore() {
        String body = Bench.cluster("sys", 1).replace("'dnsPrefix':", "'dnsPrefx':'x','dnsPrefix':");
        Answer refused = bench.arm.put(Wire.MC + "y?api-version=2024-01-01", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("UnmarshalError");
        assertThat(refused.message()).contains("unknown field \"dnsPrefx\"");
        Answer later = bench.arm.put(
                Wire.MC + "y?api-version=2024-01-01",
                Bench.cluster("sys", 1).replace("'dnsPrefix':", "'schedulerProfile':{},'dnsPrefix':"));
        assertThat(later.message()).contains("unknown field \"schedulerProfile\"");
        Answer dropped = bench.arm.put(Wire.MC + "y?api-version=2023-11-01", body);
        assertThat(dropped.status()).as(dropped.toString()).isEqualTo(201);
        assertThat(dropped.body().at("/properties").has("dnsPrefx")).isFalse();
        bench.settle();
    }

    @Test
    void valuesOfTheWrongTypeDoNotDecode() {
        Answer text = bench.arm.put(Bench.POOL + "blue", Bench.properties("'count':'1','vmSize':'Standard_D8s_v5'"));
        assertThat(text.code()).isEqualTo("UnmarshalError");
        assertThat(text.message()).contains("cannot unmarshal string", "properties.count");
        assertThat(bench.arm.put(Bench.POOL + "blue", "{'properties':[]}").code())
                .isEqualTo("UnmarshalError");
        Answer noJson = bench.arm.put(Bench.POOL + "blue", "{");
        assertThat(noJson.code()).isEqualTo("InvalidRequestContent");
    }

    @Test
    void namesAndEnumsAreTakenInAnyCasingAndGivenBackInTheirOwn() {
        Answer made = bench.arm.put(
                Bench.POOL + "casing", "{'Properties':{'COUNT':1,'vmsize':'Standard_D8s_v5','mode':'user'}}");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.text("/properties/mode")).isEqualTo("User");
        bench.settle();
        assertThat(bench.arm.get(Bench.POOL + "CASING").status()).isEqualTo(200);
        bench.arm.delete(Bench.POOL + "casing");
        bench.settle();
    }

    /** Properties of a cluster that cannot change to these values. */
    static Stream<String> fixed() {
        return Stream.of(
                "'dnsPrefix':'other'",
                "'nodeResourceGroup':'other'",
                "'networkProfile':{'networkPlugin':'kubenet'}",
                "'networkProfile':{'networkPolicy':'calico'}",
                "'networkProfile':{'podCidr':'10.245.0.0/16'}",
                "'networkProfile':{'serviceCidr':'10.1.0.0/16'}",
                "'networkProfile':{'dnsServiceIP':'10.0.0.20'}",
                "'apiServerAccessProfile':{'enablePrivateCluster':true}",
                "'linuxProfile':{'adminUsername':'a','ssh':{'publicKeys':[]}}");
    }

    @ParameterizedTest
    @MethodSource("fixed")
    void whatIsDecidedAtCreationCannotChange(String fields) {
        Answer answer = bench.arm.put(Wire.MC, "{'location':'westeurope','properties':{" + fields + "}}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("PropertyChangeNotAllowed");
    }

    @Test
    void oneWayPropertiesHaveNoWayBack() {
        String on = "{'location':'westeurope','properties':{'oidcIssuerProfile':{'enabled':true}}}";
        assertThat(bench.arm.put(Wire.MC, on).status()).isEqualTo(200);
        bench.settle();
        assertThat(bench.arm.get(Wire.MC).text("/properties/oidcIssuerProfile/issuerURL"))
                .startsWith("https://westeurope.oic.prod-aks.azure.com/");
        assertThat(bench.arm.put(Wire.MC, on.replace("true", "false")).message())
                .contains("cannot be disabled");
        Answer outbound = bench.arm.put(
                Wire.MC,
                "{'location':'westeurope','properties':{'networkProfile':{'outboundType':'userDefinedRouting'}}}");
        assertThat(outbound.code()).isEqualTo("OperationNotAllowed");
    }

    @Test
    void networksAreFilledInByTheirPlugin() {
        String flat = Bench.cluster("sys", 1)
                .replace("'dnsPrefix':'weu',", "'dnsPrefix':'weu','networkProfile':{'networkPlugin':'azure'},");
        Answer made = bench.arm.put(Wire.MC + "flat", flat);
        assertThat(made.body().at("/properties/networkProfile").has("networkPluginMode"))
                .isFalse();
        assertThat(made.body().at("/properties/networkProfile").has("podCidr")).isFalse();
        assertThat(made.body().at("/properties/agentPoolProfiles/0/maxPods").asInt())
                .isEqualTo(30);
        bench.settle();
        bench.arm.delete(Wire.MC + "flat");
        bench.settle();
    }

    @Test
    void openQuestionsAreSwitches(@TempDir Path other) {
        var behaviours = Behaviours.standard()
                .with(Behaviour.WRAPPED_ERRORS, "true")
                .with(Behaviour.PRECONDITION_CODE, "EtagMismatch")
                .with(Behaviour.EMPTY_PUT_UPDATES, "false")
                .with(Behaviour.IN_PLACE_PROPERTIES, "spotMaxPrice")
                .with(Behaviour.VERSION_SKEW, "2")
                .with(Behaviour.OMITTED_POOLS, "reject")
                .with(Behaviour.SYSTEM_POOL_NODES, "2");
        try (var switched = new Bench(other, options -> options.withBehaviours(behaviours))) {
            switched.withCluster().withPool("blue", 1);
            Answer missing = switched.arm.get(Bench.POOL + "nope");
            assertThat(missing.text("/error/code")).isEqualTo("NotFound");
            assertThat(switched.arm
                            .put(Bench.POOL + "blue", Bench.pool(1), "If-Match", "x")
                            .code())
                    .isEqualTo("EtagMismatch");
            String before = switched.arm.get(Bench.POOL + "blue").text("/properties/eTag");
            Answer empty = switched.arm.put(Bench.POOL + "blue", Bench.pool(1));
            assertThat(empty.header("Azure-AsyncOperation")).isEmpty();
            assertThat(empty.text("/properties/eTag")).isEqualTo(before);
            assertThat(switched.arm
                            .put(
                                    Bench.POOL + "old",
                                    Bench.pool(1).replace("'mode'", "'orchestratorVersion':'1.31','mode'"))
                            .code())
                    .isEqualTo("NodePoolMcVersionIncompatible");
            assertThat(switched.arm.put(Wire.MC, Bench.cluster("sys", 2)).message())
                    .contains("leaves out agent pools");
            assertThat(switched.arm
                            .put(Bench.POOL + "sys", Bench.properties("'count':1,'mode':'System'"))
                            .code())
                    .isEqualTo("InvalidParameter");
        }
    }
}
