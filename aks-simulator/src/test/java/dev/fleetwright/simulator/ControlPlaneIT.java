package dev.fleetwright.simulator;

import static dev.fleetwright.simulator.LocalFleet.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What Azure does to the control plane of a cluster on a real API server: stopped, started, given other certificates. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ControlPlaneIT {
    /** Pods move at the pace of this machine, however busy; the usual 30 minutes for a drain are 22 s at this time scale. */
    private static final String CLUSTER = """
        {'location':'westeurope','identity':{'type':'SystemAssigned'},'properties':{'dnsPrefix':'weu',
         'kubernetesVersion':'1.34.2',
         'agentPoolProfiles':[{'name':'sys','mode':'System','count':2,'vmSize':'Standard_D4s_v5',
          'upgradeSettings':{'drainTimeoutInMinutes':240}}]}}
        """;

    @TempDir
    static Path folder;

    private static LocalFleet fleet;

    @BeforeAll
    static void createCluster() {
        fleet = new LocalFleet(folder, 80, CLUSTER);
        fleet.awaitReady("sys", 2);
    }

    @AfterAll
    static void stop() {
        if (fleet != null) {
            fleet.close();
        }
    }

    private static void post(String action) {
        fleet.succeed(fleet.arm.post(Wire.MC + "/" + action, ""));
    }

    @Test
    @Order(1)
    void aStoppedClustersApiServerIsSilentUntilTheClusterIsStarted() {
        fleet.apply("""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: kept}
            """);
        var server = fleet.workload.getMasterUrl();
        post("stop");
        assertThatThrownBy(() -> new Socket(server.getHost(), server.getPort()).close())
                .isInstanceOf(ConnectException.class);
        post("start");
        fleet.awaitReady("sys", 2);
        assertThat(fleet.workload
                        .configMaps()
                        .inNamespace("default")
                        .withName("kept")
                        .get())
                .isNotNull();
    }

    @Test
    @Order(2)
    void aRotationOfCertificatesMakesTheNodesAnewAndTheOldCredentialsWorthless() {
        var before = fleet.nodes("sys").stream()
                .map(node -> node.getMetadata().getUid())
                .toList();
        post("rotateClusterCertificates");
        var once = new ConfigBuilder(fleet.workload.getConfiguration())
                .withRequestRetryBackoffLimit(0)
                .build();
        try (var former = new KubernetesClientBuilder().withConfig(once).build()) {
            assertThatThrownBy(() -> former.namespaces().list()).isInstanceOf(KubernetesClientException.class);
        }
        try (KubernetesClient renewed = fleet.administrator()) {
            assertThat(renewed.getMasterUrl()).isEqualTo(fleet.workload.getMasterUrl());
            assertThat(renewed.configMaps()
                            .inNamespace("default")
                            .withName("kept")
                            .get())
                    .isNotNull();
            soon(() -> assertThat(LocalFleet.nodes(renewed, "sys"))
                    .hasSize(2)
                    .allMatch(LocalFleet::ready)
                    .noneMatch(node -> before.contains(node.getMetadata().getUid())));
        }
    }
}
