package dev.fleetwright.azure.sdk;

import static dev.fleetwright.azure.PoolSpecs.CLUSTER;
import static dev.fleetwright.azure.PoolSpecs.OWNER;
import static dev.fleetwright.azure.PoolSpecs.controlPlane;
import static dev.fleetwright.azure.PoolSpecs.fixed;
import static dev.fleetwright.azure.PoolSpecs.scaled;
import static dev.fleetwright.azure.PoolSpecs.template;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.json.JsonProviders;
import com.azure.resourcemanager.containerservice.fluent.models.AgentPoolInner;
import com.azure.resourcemanager.containerservice.fluent.models.ManagedClusterInner;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.api.v1alpha1.Scaling;
import dev.fleetwright.azure.AgentPoolSpec;
import dev.fleetwright.azure.AgentPoolState;
import dev.fleetwright.azure.Difference;
import dev.fleetwright.azure.ManagedClusterProperty;
import dev.fleetwright.azure.ManagedClusterSpec;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The models of the Azure SDK know every field name of the API version we speak: what they lose, Azure would not read. */
class DocumentsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String EVERYTHING = "{'vmSize':'Standard_D4s_v5','osType':'Linux','osSKU':'AzureLinux',"
            + "'osDiskSizeGB':64,'osDiskType':'Ephemeral','kubeletDiskType':'OS','maxPods':110,'zones':['1','2'],"
            + "'scaleSetPriority':'Spot','scaleSetEvictionPolicy':'Delete','spotMaxPrice':'0.5',"
            + "'vnetSubnetID':'/subscriptions/s/a/b','podSubnetID':'/subscriptions/s/a/c','enableFIPS':true,"
            + "'enableEncryptionAtHost':true,'enableUltraSSD':true,'enableNodePublicIP':true,"
            + "'nodePublicIPPrefixID':'/subscriptions/s/a/d','proximityPlacementGroupID':'/subscriptions/s/a/e',"
            + "'capacityReservationGroupID':'/subscriptions/s/a/f','labels':{'a':'b'},'taints':['c=d:NoSchedule'],"
            + "'tags':{'team':'x'},'upgradeSettings':{'maxSurge':'10%','drainTimeoutInMinutes':30,"
            + "'nodeSoakDurationInMinutes':1}}";

    private static final String WHOLE_CONTROL_PLANE = "{'clusterRef':{'name':'c'},'identityRef':{'name':'i'},"
            + "'subscriptionID':'s','resourceGroupName':'g','location':'West Europe','version':'v1.34.2',"
            + "'nodeResourceGroupName':'MC_x','dnsPrefix':'p','sku':{'tier':'Standard'},"
            + "'network':{'networkPlugin':'azure','networkPluginMode':'overlay','networkPolicy':'cilium',"
            + "'networkDataplane':'cilium','podCIDR':'10.0.0.0/8','serviceCIDR':'10.1.0.0/16',"
            + "'dnsServiceIP':'10.1.0.10','outboundType':'loadBalancer','loadBalancerSKU':'standard'},"
            + "'apiServerAccess':{'authorizedIPRanges':['1.2.3.4/32'],'enablePrivateCluster':true,"
            + "'privateDNSZone':'system'},'aad':{'managed':true,'enableAzureRBAC':true,"
            + "'adminGroupObjectIDs':['x'],'tenantID':'t'},'disableLocalAccounts':true,'oidcIssuerEnabled':true,"
            + "'workloadIdentityEnabled':true,'autoUpgrade':{'upgradeChannel':'none',"
            + "'nodeOSUpgradeChannel':'NodeImage'},'autoscalerProfile':{'balanceSimilarNodeGroups':true,"
            + "'expander':'random','maxEmptyBulkDelete':10,'maxGracefulTerminationSec':600,"
            + "'maxNodeProvisionTime':'15m','maxTotalUnreadyPercentage':45,'newPodScaleUpDelay':'0s',"
            + "'okTotalUnreadyCount':3,'scanInterval':'10s','scaleDownDelayAfterAdd':'10m',"
            + "'scaleDownDelayAfterDelete':'10s','scaleDownDelayAfterFailure':'3m','scaleDownUnneededTime':'10m',"
            + "'scaleDownUnreadyTime':'20m','scaleDownUtilizationThreshold':'0.5','skipNodesWithLocalStorage':false,"
            + "'skipNodesWithSystemPods':true},'tags':{'team':'x'}}";

    @Test
    void everyFieldOfAPoolHasTheNameThatAzureReads() throws IOException {
        ObjectNode ours = pool(AgentPoolDocument.create(
                new AgentPoolSpec("workers", "User", template(EVERYTHING), null, scaling(), "v1.34.2", OWNER)));

        assertThat(JSON.readTree(AgentPoolInner.fromJson(JsonProviders.createReader(ours.toString()))
                        .toJsonString()))
                .isEqualTo(ours);
    }

    @Test
    void everyFieldOfAClusterHasTheNameThatAzureReads() throws IOException {
        ObjectNode ours = ManagedClusterDocument.create(CLUSTER, cluster(), List.of(fixed(EVERYTHING, 3)));

        assertThat(throughSdk(ours)).isEqualTo(ours);
    }

    @Test
    void whatWasCreatedReadsAsWanted() {
        AgentPoolSpec spec = scaled(EVERYTHING, 3, 9);
        AgentPoolState state = AgentPoolDocument.read(CLUSTER.agentPool("workers"), AgentPoolDocument.create(spec));

        assertThat(spec.differencesFrom(state)).isEmpty();
        assertThat(state.owner()).contains(OWNER);
        assertThat(state.count()).isEqualTo(3);
    }

    @Test
    void whatWasCreatedOfAClusterReadsAsWanted() {
        ObjectNode document = ManagedClusterDocument.create(CLUSTER, cluster(), List.of(fixed(EVERYTHING, 3)));
        document.put("id", CLUSTER.toString());

        var state = ManagedClusterDocument.read(document);

        assertThat(cluster().differencesFrom(state)).isEmpty();
        assertThat(state.reported().keySet()).containsExactlyInAnyOrder(ManagedClusterProperty.values());
        assertThat(state.pool("workers")).isPresent();
        assertThat(state.owner()).contains(OWNER);
    }

    @Test
    void anUpdateGivesBackAllThatWasReadAndChangesOnlyTheNamedFields() {
        JsonNode read = read("{'vmSize':'a','count':7,'mode':'User','nodeLabels':{'a':'old',"
                + "'kubernetes.azure.com/scalesetpriority':'spot'},'tags':{'costcentre':'7'},"
                + "'eTag':'1','provisioningState':'Succeeded','somethingNew':{'x':1},'scaleDownMode':'Delete'}");

        ObjectNode written = AgentPoolDocument.update(
                read, fixed("{'vmSize':'b','labels':{'a':'new'}}", 3), Set.of("labels", "tags"));

        assertThat(written)
                .isEqualTo(read("{'vmSize':'a','count':7,'mode':'User','nodeLabels':{'a':'new',"
                        + "'kubernetes.azure.com/scalesetpriority':'spot'},'tags':{'costcentre':'7',"
                        + "'fleetwright.owner':'" + OWNER.value() + "'},'somethingNew':{'x':1},"
                        + "'scaleDownMode':'Delete'}"));
    }

    @Test
    void theCountOfAnAutoscaledPoolGoesBackAsItWasReadUnlessTheBoundsForbid() {
        JsonNode read = read("{'count':7,'enableAutoScaling':true,'minCount':3,'maxCount':10}");

        assertThat(AgentPoolDocument.update(read, scaled("{'vmSize':'a'}", 1, 20), Set.of("scaling"))
                        .path("count"))
                .hasToString("7");
        assertThat(AgentPoolDocument.update(read, scaled("{'vmSize':'a'}", 1, 5), Set.of("scaling"))
                        .path("count"))
                .hasToString("5");
        assertThat(AgentPoolDocument.update(read, scaled("{'vmSize':'a'}", 1, 5), Set.of("labels"))
                        .path("count"))
                .hasToString("7");
    }

    @Test
    void withoutTheAutoscalerItsBoundsGo() {
        JsonNode read = read("{'count':7,'enableAutoScaling':true,'minCount':3,'maxCount':10}");

        assertThat(AgentPoolDocument.update(read, fixed("{'vmSize':'a'}", 4), Set.of("scaling")))
                .isEqualTo(read("{'count':4,'enableAutoScaling':false}"));
    }

    @Test
    void aClusterUpdateCarriesNoPoolsAndNothingReadOnly() throws IOException {
        JsonNode read = read("{'id':'" + CLUSTER + "','name':'c','type':'x','eTag':'1','location':'westeurope',"
                                                 + "'sku':{'name':'Base','tier':'Free'},'identity':{'type':'SystemAssigned','principalId':'p',"
                                                 + "'tenantId':'t'},'properties':{'provisioningState':'Succeeded','powerState':{'code':'Running'},"
                                                 + "'kubernetesVersion':'1.33','currentKubernetesVersion':'1.33.5','fqdn':'f','maxAgentPools':100,"
                                                 + "'resourceUID':'u','azurePortalFQDN':'g','identityProfile':{'kubeletidentity':{'objectId':'o'}},'dnsPrefix':'p','agentPoolProfiles':[{'name':'sys',"
                                                 + "'count':3}],'autoScalerProfile':{'expander':'random','scan-interval':'10s'},"
                                                 + "'addonProfiles':{'azurepolicy':{'enabled':true}}}}");
        ManagedClusterSpec spec = new ManagedClusterSpec(
                controlPlane("{'clusterRef':{'name':'c'},'identityRef':{'name':'i'},'subscriptionID':'s',"
                        + "'resourceGroupName':'g','location':'westeurope','version':'1.34',"
                        + "'sku':{'tier':'Standard'},'autoscalerProfile':{'expander':'least-waste'}}"),
                OWNER);

        ObjectNode written =
                ManagedClusterDocument.update(read, spec, Set.of("version", "sku.tier", "autoscalerProfile", "tags"));

        assertThat(throughSdk(written)).isEqualTo(written);
        assertThat(written)
                .isEqualTo(read("{'location':'westeurope','sku':{'name':'Base','tier':'Standard'},"
                        + "'identity':{'type':'SystemAssigned'},'properties':{'kubernetesVersion':'1.34',"
                        + "'dnsPrefix':'p','autoScalerProfile':{'expander':'least-waste','scan-interval':'10s'},"
                        + "'addonProfiles':{'azurepolicy':{'enabled':true}}},"
                        + "'tags':{'fleetwright.owner':'" + OWNER.value() + "'}}"));
    }

    @Test
    void serverDefaultsAndOthersAddOnsAreNoDriftOfACluster() {
        ManagedClusterSpec spec = new ManagedClusterSpec(
                controlPlane("{'clusterRef':{'name':'c'},'identityRef':{'name':'i'},'subscriptionID':'s',"
                        + "'resourceGroupName':'g','location':'West Europe','version':'1.34',"
                        + "'network':{'loadBalancerSKU':'standard'},'disableLocalAccounts':false,"
                        + "'autoscalerProfile':{'expander':'random','skipNodesWithSystemPods':true}}"),
                OWNER);
        JsonNode document = read("{'id':'" + CLUSTER + "','location':'westeurope','tags':{'fleetwright.owner':'"
                + OWNER.value() + "','policy':'x'},'properties':{'kubernetesVersion':'1.34',"
                + "'currentKubernetesVersion':'1.34.2','networkProfile':{'loadBalancerSku':'Standard',"
                + "'networkPlugin':'azure'},'autoScalerProfile':{'expander':'random','scan-interval':'10s',"
                + "'skip-nodes-with-system-pods':'true'},'addonProfiles':{'azurepolicy':{'enabled':true}}}}");

        assertThat(spec.differencesFrom(ManagedClusterDocument.read(document)))
                .extracting(Difference::field)
                .isEmpty();
    }

    @Test
    void theErrorThatAFailedOperationLeftIsRead() {
        AgentPoolState state = AgentPoolDocument.read(
                CLUSTER.agentPool("workers"),
                read("{'provisioningState':'Failed','status':{'provisioningError':{'code':'AllocationFailed',"
                        + "'message':'no room'}}}"));

        assertThat(state.provisioningState().failed()).isTrue();
        assertThat(state.provisioningError()).contains("AllocationFailed: no room");
    }

    private static Scaling scaling() {
        return new Scaling(1, 5);
    }

    private static ManagedClusterSpec cluster() {
        return new ManagedClusterSpec(controlPlane(WHOLE_CONTROL_PLANE), OWNER);
    }

    private static ObjectNode pool(ObjectNode properties) {
        return JSON.createObjectNode().set("properties", properties);
    }

    private static JsonNode throughSdk(JsonNode document) throws IOException {
        return JSON.readTree(ManagedClusterInner.fromJson(JsonProviders.createReader(document.toString()))
                .toJsonString());
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json.replace('\'', '"'));
        } catch (IOException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
