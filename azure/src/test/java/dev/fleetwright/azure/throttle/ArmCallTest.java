package dev.fleetwright.azure.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArmCallTest {
    private static final String GROUP = "/subscriptions/S/resourceGroups/g";
    private static final String AKS = "/providers/Microsoft.ContainerService";

    @ParameterizedTest(name = "{0} {1} counts as {2}")
    @CsvSource({
        "GET, /subscriptions/S/providers/Microsoft.ContainerService/managedClusters, AKS_LIST_SUBSCRIPTION",
        "GET, /subscriptions/S/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters, AKS_LIST_GROUP",
        "PUT, /subscriptions/S/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c,"
                + " AKS_PUT_CLUSTER",
        "GET, /subscriptions/S/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c,"
                + " AKS_GET_CLUSTER",
        "DELETE, /subscriptions/S/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c, AKS_OTHER",
        "PUT, /subscriptions/S/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c/agentPools/p,"
                + " AKS_PUT_POOL",
        "GET, /subscriptions/S/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c/agentPools/p,"
                + " AKS_OTHER",
        "GET, /subscriptions/S/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c/agentPools,"
                + " AKS_OTHER",
        "POST,"
            + " /subscriptions/S/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c/listClusterAdminCredential,"
            + " AKS_OTHER",
        "GET, /subscriptions/S/providers/Microsoft.ContainerService/locations/weu/operations/1, AKS_OPERATION",
        "GET, /subscriptions/S/providers/Microsoft.ContainerService/locations/weu/operationresults/1, AKS_OPERATION",
    })
    void aCallToAksCountsInItsOwnLimit(String method, String path, Limit limit) {
        assertThat(ArmCall.of(method, path).provider()).contains(limit);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /subscriptions/S/resourceGroups/g, ARM_READ",
        "HEAD, /subscriptions/S/resourceGroups/g, ARM_READ",
        "DELETE, /subscriptions/S/resourceGroups/g, ARM_DELETE",
        "PUT, /subscriptions/S/resourceGroups/g, ARM_WRITE",
        "PUT, /subscriptions/S/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c/providers/Microsoft.Authorization/roleAssignments/x,"
            + " ARM_WRITE",
    })
    void otherCallsCountInArmsLimitsOnly(String method, String path, Limit limit) {
        ArmCall call = ArmCall.of(method, path);

        assertThat(call.arm()).isEqualTo(limit);
        assertThat(call.provider()).isEmpty();
    }

    @Test
    void subscriptionRegionAndClusterAreFoundInThePath() {
        assertThat(ArmCall.of("GET", "/subscriptions/S" + AKS + "/locations/WEU/operations/1"))
                .satisfies(c -> assertThat(c.subscription()).isEqualTo("s"))
                .satisfies(c -> assertThat(c.region()).contains("weu"));
        assertThat(ArmCall.of("GET", GROUP + AKS + "/managedClusters/C/agentPools/p")
                        .cluster())
                .contains("/subscriptions/s/resourcegroups/g/providers/microsoft.containerservice/managedclusters/c");
    }
}
