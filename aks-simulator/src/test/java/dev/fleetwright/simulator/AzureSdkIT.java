package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.FixedDelay;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.exception.ManagementException;
import com.azure.core.management.profile.AzureProfile;
import com.azure.core.util.Context;
import com.azure.core.util.polling.LongRunningOperationStatus;
import com.azure.core.util.polling.SyncPoller;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.resourcemanager.authorization.AuthorizationManager;
import com.azure.resourcemanager.authorization.models.PrincipalType;
import com.azure.resourcemanager.authorization.models.RoleAssignmentCreateParameters;
import com.azure.resourcemanager.containerservice.ContainerServiceManager;
import com.azure.resourcemanager.containerservice.fluent.AgentPoolsClient;
import com.azure.resourcemanager.containerservice.fluent.ContainerServiceManagementClient;
import com.azure.resourcemanager.containerservice.fluent.ManagedClustersClient;
import com.azure.resourcemanager.containerservice.fluent.models.AgentPoolInner;
import com.azure.resourcemanager.containerservice.fluent.models.MachineInner;
import com.azure.resourcemanager.containerservice.fluent.models.ManagedClusterInner;
import com.azure.resourcemanager.containerservice.models.AgentPoolDeleteMachinesParameter;
import com.azure.resourcemanager.containerservice.models.AgentPoolMode;
import com.azure.resourcemanager.containerservice.models.ManagedClusterAgentPoolProfile;
import com.azure.resourcemanager.containerservice.models.ManagedClusterIdentity;
import com.azure.resourcemanager.containerservice.models.ResourceIdentityType;
import com.azure.resourcemanager.containerservice.models.TagsObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The protocol page through Azure's SDK for Java, which is told another endpoint, authority and CA and nothing else. */
class AzureSdkIT {
    private static final String RG = "rg";
    private static final String CLUSTER = "weu";
    private static final String READER =
            "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7";

    @TempDir
    static Path folder;

    private static AksSimulator simulator;
    private static ManagedClustersClient clusters;
    private static AgentPoolsClient pools;
    private static ContainerServiceManagementClient aks;

    @BeforeAll
    static void start() {
        simulator = AksSimulator.start(options(folder).withTimeScale(600).withThrottling(false));
        try (var wire = new Wire(simulator).signedIn()) {
            wire.put(Wire.RG, "{'location':'westeurope'}");
        }
        aks = client(simulator);
        clusters = aks.getManagedClusters();
        pools = aks.getAgentPools();
        end(clusters.beginCreateOrUpdate(RG, CLUSTER, cluster("1.34.2")));
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    private static SimulatorOptions options(Path where) {
        return SimulatorOptions.in(where)
                .withSubscription(Wire.SUBSCRIPTION, Wire.TENANT)
                .withPrincipal(Wire.OPERATOR);
    }

    private static HttpClient http(AksSimulator azure) {
        return new JdkHttpClientBuilder(java.net.http.HttpClient.newBuilder().sslContext(Wire.trusting(azure.caPem())))
                .build();
    }

    private static TokenCredential credential(AksSimulator azure, HttpClient http) {
        return new ClientSecretCredentialBuilder()
                .tenantId(Wire.TENANT)
                .clientId(Wire.OPERATOR.clientId())
                .clientSecret(Wire.OPERATOR.clientSecret())
                .authorityHost(azure.authority())
                .disableInstanceDiscovery()
                .httpClient(http)
                .build();
    }

    private static AzureProfile profile(AksSimulator azure) {
        return new AzureProfile(
                Wire.TENANT,
                Wire.SUBSCRIPTION,
                new AzureEnvironment(Map.of(
                        "resourceManagerEndpointUrl", azure.endpoint(),
                        "managementEndpointUrl", azure.endpoint(),
                        "activeDirectoryEndpointUrl", azure.authority(),
                        "microsoftGraphResourceId", azure.endpoint() + "/")));
    }

    private static ContainerServiceManagementClient client(AksSimulator azure) {
        HttpClient http = http(azure);
        return ContainerServiceManager.configure()
                .withHttpClient(http)
                .withRetryPolicy(new RetryPolicy(new FixedDelay(0, Duration.ZERO)))
                .authenticate(credential(azure, http), profile(azure))
                .serviceClient();
    }

    private static ManagedClusterInner cluster(String version) {
        return new ManagedClusterInner()
                .withLocation("westeurope")
                .withIdentity(new ManagedClusterIdentity().withType(ResourceIdentityType.SYSTEM_ASSIGNED))
                .withDnsPrefix("weu")
                .withKubernetesVersion(version)
                .withAgentPoolProfiles(List.of(new ManagedClusterAgentPoolProfile()
                        .withName("sys")
                        .withMode(AgentPoolMode.SYSTEM)
                        .withCount(2)
                        .withVmSize("Standard_D4s_v5")));
    }

    private static AgentPoolInner pool(int count) {
        return new AgentPoolInner()
                .withMode(AgentPoolMode.USER)
                .withCount(count)
                .withVmSize("Standard_D8s_v5");
    }

    /** The result; where there is one it is what a GET gives after success. */
    private static <R> R end(SyncPoller<?, R> poller) {
        return poller.setPollInterval(Duration.ofMillis(50)).getFinalResult();
    }

    private static ManagementException refused(ThrowingCallable call) {
        ManagementException refusal = catchThrowableOfType(ManagementException.class, call);
        assertThat(refusal).isNotNull();
        return refusal;
    }

    @Test
    void aClusterIsReadListedTaggedAndWrittenBack() {
        ManagedClusterInner read = clusters.getByResourceGroup(RG, CLUSTER);
        assertThat(read.provisioningState()).isEqualTo("Succeeded");
        assertThat(read.etag()).isNotEmpty();
        assertThat(read.agentPoolProfiles()).hasSize(1);
        assertThat(clusters.list()).hasSize(1);
        assertThat(end(clusters.beginUpdateTags(RG, CLUSTER, new TagsObject().withTags(Map.of("team", "x"))))
                        .tags())
                .containsEntry("team", "x");
        ManagedClusterInner written =
                end(clusters.beginCreateOrUpdate(RG, CLUSTER, clusters.getByResourceGroup(RG, CLUSTER)));
        assertThat(written.tags()).containsEntry("team", "x");
        assertThat(clusters.listClusterAdminCredentials(RG, CLUSTER).kubeconfigs())
                .hasSize(1);
    }

    @Test
    void aPoolIsCreatedScaledUpgradedAndDeletedUnderItsETag() {
        AgentPoolInner made = end(pools.beginCreateOrUpdate(RG, CLUSTER, "blue", pool(1), null, "*", Context.NONE));
        assertThat(made.provisioningState()).isEqualTo("Succeeded");
        assertThat(refused(() -> pools.beginCreateOrUpdate(RG, CLUSTER, "blue", pool(1), null, "*", Context.NONE))
                        .getResponse()
                        .getStatusCode())
                .isEqualTo(412);
        String eTag = pools.get(RG, CLUSTER, "blue").etag();
        AgentPoolInner scaled = end(pools.beginCreateOrUpdate(RG, CLUSTER, "blue", pool(3), eTag, null, Context.NONE));
        assertThat(scaled.count()).isEqualTo(3);
        ManagementException stale =
                refused(() -> pools.beginCreateOrUpdate(RG, CLUSTER, "blue", pool(2), eTag, null, Context.NONE));
        assertThat(stale.getValue().getCode()).isEqualTo("PreConditionFailed");
        List<MachineInner> machines =
                aks.getMachines().list(RG, CLUSTER, "blue").stream().toList();
        assertThat(machines).hasSize(3);
        end(pools.beginDeleteMachines(
                RG,
                CLUSTER,
                "blue",
                new AgentPoolDeleteMachinesParameter()
                        .withMachineNames(List.of(machines.getFirst().name()))));
        assertThat(pools.get(RG, CLUSTER, "blue").count()).isEqualTo(2);
        assertThat(pools.list(RG, CLUSTER)).hasSize(2);
        end(pools.beginUpgradeNodeImageVersion(RG, CLUSTER, "blue"));
        end(pools.beginDelete(
                RG, CLUSTER, "blue", true, pools.get(RG, CLUSTER, "blue").etag(), Context.NONE));
        assertThat(refused(() -> pools.get(RG, CLUSTER, "blue")).getValue().getCode())
                .isEqualTo("NotFound");
    }

    @Test
    void aSecondClusterIsUpgradedAbortedStoppedAndDeleted() {
        end(clusters.beginCreateOrUpdate(RG, "second", cluster("1.34.2")));
        assertThat(end(clusters.beginCreateOrUpdate(RG, "second", cluster("1.35.4")))
                        .currentKubernetesVersion())
                .isEqualTo("1.35.4");
        assertThat(end(pools.beginCreateOrUpdate(
                                RG,
                                "second",
                                "sys",
                                pool(2).withMode(AgentPoolMode.SYSTEM)
                                        .withVmSize(null)
                                        .withOrchestratorVersion("1.35.4")))
                        .currentOrchestratorVersion())
                .isEqualTo("1.35.4");
        simulator.operationFaults().stick("update managed cluster", "second");
        clusters.beginUpdateTags(RG, "second", new TagsObject().withTags(Map.of("a", "b")));
        ManagementException busy =
                refused(() -> clusters.beginUpdateTags(RG, "second", new TagsObject().withTags(Map.of("a", "c"))));
        assertThat(busy.getResponse().getStatusCode()).isEqualTo(409);
        assertThat(busy.getValue().getCode()).isEqualTo("OperationNotAllowed");
        end(clusters.beginAbortLatestOperation(RG, "second"));
        simulator.operationFaults().release();
        assertThat(clusters.getByResourceGroup(RG, "second").provisioningState())
                .isEqualTo("Canceled");
        end(clusters.beginStop(RG, "second"));
        assertThat(clusters.getByResourceGroup(RG, "second").powerState().code())
                .hasToString("Stopped");
        end(clusters.beginStart(RG, "second"));
        end(clusters.beginDelete(RG, "second"));
        assertThat(refused(() -> clusters.getByResourceGroup(RG, "second"))
                        .getValue()
                        .getCode())
                .isEqualTo("ResourceNotFound");
        end(clusters.beginDelete(RG, "second"));
    }

    @Test
    void failedOperationsEndThePollerWithTheirError() {
        simulator.operationFaults().failNext(1, "create agentpool", "/doomed$", "AllocationFailed", "no room");
        var poller = pools.beginCreateOrUpdate(RG, CLUSTER, "doomed", pool(1));
        var last = poller.setPollInterval(Duration.ofMillis(50)).waitForCompletion();
        assertThat(last.getStatus()).isEqualTo(LongRunningOperationStatus.FAILED);
        AgentPoolInner failed = pools.get(RG, CLUSTER, "doomed");
        assertThat(failed.provisioningState()).isEqualTo("Failed");
        assertThat(failed.status().provisioningError().getCode()).isEqualTo("AllocationFailed");
        end(pools.beginDelete(RG, CLUSTER, "doomed"));
    }

    @Test
    void anotherProcessResumesAnOperationByItsUrl() {
        var response = clusters.createOrUpdateWithResponseAsync(RG, "resumed", cluster("1.34.2"), null, null)
                .blockOptional()
                .orElseThrow();
        assertThat(response.getStatusCode()).isEqualTo(201);
        String url = response.getHeaders().getValue(HttpHeaderName.AZURE_ASYNCOPERATION);
        try (var wire = new Wire(simulator).signedIn()) {
            Awaitility.await().until(() -> wire.get(url).text("/status").equals("Succeeded"));
        }
        assertThat(clusters.getByResourceGroup(RG, "resumed").provisioningState())
                .isEqualTo("Succeeded");
        end(clusters.beginDelete(RG, "resumed"));
    }

    @Test
    void roleAssignmentsAreMadeListedAndTakenBack() {
        HttpClient http = http(simulator);
        var assignments = AuthorizationManager.configure()
                .withHttpClient(http)
                .authenticate(credential(simulator, http), profile(simulator))
                .roleServiceClient()
                .getRoleAssignments();
        String name = "aaaaaaaa-0000-0000-0000-000000000001";
        var wanted = new RoleAssignmentCreateParameters()
                .withRoleDefinitionId(Wire.S + READER)
                .withPrincipalId("bbbbbbbb-0000-0000-0000-000000000001")
                .withPrincipalType(PrincipalType.SERVICE_PRINCIPAL);
        assertThat(assignments.create(Wire.RG, name, wanted).name()).isEqualTo(name);
        ManagementException twice = refused(() -> assignments.create(Wire.RG, name.replace("01", "02"), wanted));
        assertThat(twice.getValue().getCode()).isEqualTo("RoleAssignmentExists");
        assertThat(assignments.listForScope(Wire.RG)).hasSize(1);
        assertThat(assignments.delete(Wire.RG, name).name()).isEqualTo(name);
        assertThat(refused(() -> assignments.get(Wire.RG, name)).getValue().getCode())
                .isEqualTo("RoleAssignmentNotFound");
    }

    @Test
    void anEmptyBucketIsA429WithTheTimeToWait(@TempDir Path other) {
        try (var strict = AksSimulator.start(options(other).withTimeScale(1))) {
            try (var wire = new Wire(strict).signedIn()) {
                wire.put(Wire.RG, "{'location':'westeurope'}");
            }
            var reads = client(strict).getManagedClusters();
            int status = 404;
            int calls = 0;
            ManagementException last = null;
            while (status == 404 && calls++ < 200) {
                last = refused(() -> reads.getByResourceGroup(RG, "none"));
                status = last.getResponse().getStatusCode();
            }
            assertThat(status).isEqualTo(429);
            assertThat(calls).isGreaterThan(60);
            assertThat(last.getValue().getCode()).isEqualTo("Throttled");
            assertThat(last.getResponse().getHeaders().getValue(HttpHeaderName.RETRY_AFTER))
                    .matches("\\d+");
        }
    }
}
