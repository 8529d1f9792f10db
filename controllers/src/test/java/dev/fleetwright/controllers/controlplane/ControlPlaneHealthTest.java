package dev.fleetwright.controllers.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.api.v1alpha1.ManagedControlPlaneSpec;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneStatus;
import dev.fleetwright.controllers.anchor.Anchor;
import dev.fleetwright.controllers.azureaccess.Paces;
import dev.fleetwright.core.condition.Conditions;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ControlPlaneHealthTest {
    @Test
    void aClusterWithoutLocalAccountsSaysWhyItHasNoKubeconfig() {
        assertThat(kubeconfig("disableLocalAccounts: true"))
                .startsWith("LocalAccountsDisabled: spec.disableLocalAccounts is true");
        assertThat(kubeconfig("disableLocalAccounts: false")).isEqualTo("WaitingForControlPlane: not fetched yet");
    }

    private static String kubeconfig(String field) {
        var spec = Serialization.unmarshal("""
            ---
            {clusterRef: {name: c}, identityRef: {name: i}, subscriptionID: s, resourceGroupName: rg,
             location: westeurope, version: "1.34", %s}
            """.formatted(field), ManagedControlPlaneSpec.class);
        var seen = new ControlPlaneObservation(
                Anchor.of("c", Optional.empty()),
                Optional.empty(),
                true,
                new ClusterSight.Absent(),
                new GroupSight.Absent(),
                Optional.empty(),
                KubeconfigSight.MISSING,
                List.of(),
                false,
                0);
        var condition = new ControlPlaneHealth(Paces.of(UnaryOperator.identity()))
                .observed(
                        Conditions.of(List.of(), 1, Instant.parse("2026-11-21T22:00:00Z")),
                        seen,
                        ManagedControlPlaneStatus.empty(),
                        spec)
                .find(ControlPlaneHealth.KUBECONFIG_READY)
                .orElseThrow();
        return condition.getReason() + ": " + condition.getMessage();
    }
}
