package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.simulator.aks.rules.Quotas;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Azure does not have, or the subscription may not have: told at the PUT where it can be known there. */
class SupplyTest {
    private static final String BLUE = Bench.POOL + "blue";
    private static final String CAPACITY = "/simulator/capacity";
    private static final String SUBNET = Wire.RG + "/providers/Microsoft.Network/virtualNetworks/net/subnets/nodes";

    @TempDir
    Path folder;

    private static String pool(int count, String more) {
        return Bench.properties("'mode':'User','count':" + count + ",'vmSize':'Standard_D8s_v5'" + more);
    }

    @Test
    void aSizeThatIsNotOfferedIsRefusedAtThePut() {
        try (var bench = new Bench(folder).withCluster()) {
            bench.arm.put(BLUE, pool(1, ""));
            bench.settle();
            var limited =
                    bench.arm.post(CAPACITY, "{'vmSize':'Standard_D8s.*','location':'westeurope','offered':false}");
            assertThat(limited.status()).isEqualTo(204);
            Answer refused = bench.arm.put(Bench.POOL + "red", pool(1, ""));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("SKUNotAvailable");
            String cluster = Bench.cluster("sys", 2).replace("D4s_v5", "D8s_v5");
            assertThat(bench.arm.put(Wire.MC + "2", cluster).code()).isEqualTo("SKUNotAvailable");
            assertThat(bench.arm
                            .put(Wire.MC + "2", cluster.replace("westeurope", "northeurope"))
                            .status())
                    .isEqualTo(201);
            // what is there already can be changed
            assertThat(bench.arm.put(BLUE, pool(1, ",'nodeLabels':{'a':'b'}")).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aSizeThatAZoneLacksIsRefusedToWhoeverAsksForTheZone() {
        try (var bench = new Bench(folder).withCluster()) {
            bench.arm.post(CAPACITY, "{'vmSize':'Standard_D8s_v5','zone':'2','offered':false}");
            Answer refused = bench.arm.put(BLUE, pool(2, ",'availabilityZones':['1','2']"));
            assertThat(refused.code()).isEqualTo("SKUNotAvailable");
            assertThat(refused.text("/message")).contains("zone '2'");
            assertThat(bench.arm
                            .put(BLUE, pool(2, ",'availabilityZones':['1','3']"))
                            .status())
                    .isEqualTo(201);
        }
    }

    @Test
    void aLimitSaysWhatItLimits() {
        try (var bench = new Bench(folder)) {
            assertThat(bench.arm.post(CAPACITY, "{'vmSize':'Standard_D8s_v5'}").status())
                    .isEqualTo(400);
            assertThat(bench.arm.post(CAPACITY, "{'vmSize':'(','most':1}").status())
                    .isEqualTo(400);
            assertThat(bench.arm.post(CAPACITY, "{'addresses':100}").status()).isEqualTo(400);
            bench.arm.post(CAPACITY, "{'subnet':'nodes$','addresses':100}");
            assertThat(bench.arm.get(CAPACITY).body().at("/value/0/addresses").asInt())
                    .isEqualTo(100);
        }
    }

    /** Two nodes and one for the surge, 30 pods each: 93 addresses. */
    private static String flatCluster() {
        return """
            {'location':'westeurope','identity':{'type':'SystemAssigned'},'properties':{'dnsPrefix':'weu',
             'kubernetesVersion':'1.34.2','networkProfile':{'networkPlugin':'azure','podCidr':null},'agentPoolProfiles':[
              {'name':'sys','mode':'System','count':2,'vmSize':'Standard_D4s_v5','maxPods':30,'vnetSubnetID':'%s'}]}}
            """.formatted(SUBNET);
    }

    private static String flatPool(int count, String more) {
        return pool(count, ",'maxPods':30,'vnetSubnetID':'" + SUBNET + "'" + more);
    }

    @Test
    void aSubnetThatIsTooSmallForNodesSurgeAndPodsIsToldAtThePut() {
        try (var bench = new Bench(folder)) {
            bench.arm.put(Wire.RG, "{'location':'westeurope'}");
            bench.arm.post(CAPACITY, "{'subnet':'/subnets/nodes$','addresses':92}");
            Answer refused = bench.arm.put(Wire.MC, flatCluster());
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("InsufficientSubnetSize");
            assertThat(refused.text("/message")).contains("93", "92");
            bench.arm.delete(CAPACITY);
            bench.arm.post(CAPACITY, "{'subnet':'/subnets/nodes$','addresses':93}");
            assertThat(bench.arm.put(Wire.MC, flatCluster()).status()).isEqualTo(201);
        }
    }

    @Test
    void aSubnetThatOthersHaveFilledIsFullAlsoForWhatAnAutoscaledPoolMayBecome() {
        try (var bench = new Bench(folder)) {
            bench.arm.put(Wire.RG, "{'location':'westeurope'}");
            // 93 for the System pool; (5 + 1) x 31 = 186 for a pool of five
            bench.arm.post(CAPACITY, "{'subnet':'/subnets/nodes$','addresses':279}");
            bench.arm.put(Wire.MC, flatCluster());
            bench.settle();
            String most = ",'enableAutoScaling':true,'minCount':1,'maxCount':";
            Answer refused = bench.arm.put(BLUE, flatPool(1, most + 6));
            assertThat(refused.code()).isEqualTo("SubnetIsFull");
            assertThat(bench.arm.put(BLUE, flatPool(1, most + 5)).status()).isEqualTo(201);
            bench.settle();
            assertThat(bench.arm.put(BLUE, flatPool(1, most + 6)).code()).isEqualTo("SubnetIsFull");
            assertThat(bench.arm.put(BLUE, flatPool(1, most + 4)).status()).isEqualTo(200);
        }
    }

    private Bench upgradable(String from, int vcpus, FakeCluster[] made) {
        var time = new ManualTimeline();
        made[0] = new FakeCluster(time);
        var quotas = new Quotas(Map.of("standardDSv5Family", vcpus), 1000, 2);
        var bench = new Bench(folder, options -> options.withQuotas(quotas), time, Optional.of(made[0]));
        bench.arm.put(Wire.RG, "{'location':'westeurope'}");
        bench.arm.put(Wire.MC, Bench.cluster("sys", 2).replace("1.34.2", from.equals("1.33.5") ? "1.34.2" : "1.35.7"));
        bench.settle();
        bench.arm.put(BLUE, pool(4, ",'orchestratorVersion':'" + from + "','upgradeSettings':{'maxSurge':'50%'}"));
        bench.settle();
        return bench;
    }

    @Test
    void anUpgradeWhoseSurgeIsBeyondTheQuotaFails() {
        // 2 x 4 + 4 x 8 are in use: there is room for one of two surge nodes
        try (var bench = upgradable("1.33.5", 48, new FakeCluster[1])) {
            Answer accepted = bench.arm.put(BLUE, pool(4, ",'orchestratorVersion':'1.34.2'"));
            assertThat(accepted.status()).isEqualTo(200);
            bench.settle();
            var operation =
                    bench.arm.get(accepted.header("Azure-AsyncOperation")).body();
            assertThat(operation.at("/error/code").asText()).isEqualTo("QuotaExceeded");
            assertThat(operation.at("/error/message").asText())
                    .contains("standardDSv5Family Cores", "Current Limit: 48, Current Usage: 48");
        }
    }

    @Test
    void from135OnAnUpgradeMakesDoWithTheOneSurgeNodeThatTheQuotaAllows() {
        var made = new FakeCluster[1];
        try (var bench = upgradable("1.35.4", 48, made)) {
            Answer accepted = bench.arm.put(BLUE, pool(4, ",'orchestratorVersion':'1.35.7'"));
            bench.settle();
            bench.settle();
            assertThat(bench.arm.get(accepted.header("Azure-AsyncOperation")).text("/status"))
                    .isEqualTo("Succeeded");
            assertThat(made[0].mostNodes).isEqualTo(2 + 4 + 1);
            assertThat(made[0].versions("blue")).containsExactly("v1.35.7");
        }
    }

    @Test
    void surgeNodesThatRunTakeRoomFromOthers() {
        try (var bench = upgradable("1.33.5", 56, new FakeCluster[1])) {
            bench.arm.put(BLUE, pool(4, ",'orchestratorVersion':'1.34.2'"));
            bench.time.advance(Duration.ofMinutes(2));
            bench.arm.signedIn();
            String other = Bench.cluster("sys", 1);
            assertThat(bench.arm.put(Wire.MC + "2", other).code()).isEqualTo("QuotaExceeded");
            bench.settle();
            assertThat(bench.arm.put(Wire.MC + "2", other).status()).isEqualTo(201);
        }
    }
}
