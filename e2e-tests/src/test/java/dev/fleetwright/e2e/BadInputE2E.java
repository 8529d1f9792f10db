package dev.fleetwright.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.Nodepool;
import dev.fleetwright.launcher.FleetWatch;
import dev.fleetwright.launcher.LauncherException;
import java.io.IOException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Bad input of every kind: a refusal or a condition that names what to mend; harm done to nothing; mended, it goes on. */
@Order(3)
class BadInputE2E {
    @Test
    void badCredentialsAndIdsAreNamedAndMendingThemIsEnough() throws IOException {
        try (var fleet = TestFleet.named("e2e-badids")) {
            String control = "30-managedcontrolplane.yaml";
            fleet.replaceIn("10-identity.yaml", "name: azure-credentials", "name: no-such-secret");
            fleet.kubectl().apply(fleet.files());
            awaitControlPlane(fleet, "no-such-secret");

            fleet.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: wrong, namespace: e2e-badids}
                stringData: {clientSecret: wrong}
                """);
            fleet.edit("10-identity.yaml", "name: no-such-secret", "name: wrong");
            awaitControlPlane(fleet, "CredentialsInvalid");

            fleet.edit("10-identity.yaml", "name: wrong", "name: azure-credentials");
            fleet.await("ready once mended", TestFleet::ready);

            assertThatThrownBy(() -> fleet.edit(control, "location: westeurope", "location: northeurope"))
                    .isInstanceOf(LauncherException.class)
                    .hasMessageContaining("location");
            fleet.delete();
        }
    }

    @Test
    void anUnknownSubscriptionAndAMissingIdentityAreNamed() throws IOException {
        try (var fleet = TestFleet.named("e2e-unknown")) {
            String control = "30-managedcontrolplane.yaml";
            fleet.replaceIn(control, "identityRef:\n    name: e2e-unknown", "identityRef:\n    name: nobody");
            fleet.replaceIn(control, "00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-00000000dead");
            fleet.kubectl().apply(fleet.files());
            awaitControlPlane(fleet, "nobody");
            fleet.edit(control, "identityRef:\n    name: nobody", "identityRef:\n    name: e2e-unknown");
            awaitControlPlane(fleet, "00000000-0000-0000-0000-00000000dead");
            fleet.delete();
        }
    }

    @Test
    void badPoolsAreNamedAndTheServingPoolIsNotTouched() throws IOException {
        try (var fleet = TestFleet.named("e2e-badpool").create()) {
            String apps = "41-nodepool-apps.yaml";
            fleet.edit(apps, "Standard_D4s_v5", "Standard_Nonsense_v9");
            awaitPool(fleet, "InvalidConfiguration");
            awaitPool(fleet, "Standard_Nonsense_v9");
            fleet.edit(apps, "Standard_Nonsense_v9", "Standard_F16s_v2");
            awaitPool(fleet, "QuotaExceeded");
            try (var workload = fleet.workload()) {
                assertThat(workload.nodes())
                        .as("the serving pool is untouched")
                        .filteredOn(n -> "Standard_D4s_v5"
                                .equals(n.getMetadata().getLabels().get("node.kubernetes.io/instance-type")))
                        .hasSize(5)
                        .noneMatch(n -> Boolean.TRUE.equals(n.getSpec().getUnschedulable()));
            }
            fleet.edit(apps, "Standard_F16s_v2", "Standard_D4s_v5");
            fleet.awaitReplaced("Standard_D4s_v5");
            fleet.delete();
        }
    }

    @Test
    void malformedManifestsAreRefusedByTheApiServer() throws IOException {
        try (var fleet = TestFleet.named("e2e-malformed")) {
            String pool = """
                apiVersion: fleetwright.dev/v1alpha1
                kind: Nodepool
                metadata: {name: payments-weu-1-x, namespace: e2e-malformed}
                spec:
                  clusterRef: {name: payments-weu-1}
                  %s
                  template: {vmSize: Standard_D4s_v5%s}
                """;
            assertThatThrownBy(() -> fleet.apply(pool.formatted("replicas: many", "")))
                    .hasMessageContaining("replicas");
            assertThatThrownBy(() -> fleet.apply(pool.formatted("scaling: {min: 5, max: 3}", "")))
                    .hasMessageContaining("min");
            assertThatThrownBy(() -> fleet.apply(pool.formatted("mode: System\n  replicas: 2", ", osType: Windows")))
                    .hasMessageContaining("System");
            assertThatThrownBy(() -> fleet.apply(pool.formatted("replicas: 2", ", maxPods: 5")))
                    .hasMessageContaining("maxPods");
        }
    }

    private static void awaitControlPlane(TestFleet fleet, String text) {
        fleet.await(
                "the control plane names " + text,
                watch -> watch.find(ManagedControlPlane.class, fleet.cluster())
                        .map(FleetWatch::conditions)
                        .filter(conditions -> conditions.contains(text))
                        .isPresent());
    }

    private static void awaitPool(TestFleet fleet, String text) {
        fleet.await(
                "the Nodepool names " + text,
                watch -> watch.find(Nodepool.class, fleet.apps())
                        .map(FleetWatch::conditions)
                        .filter(conditions -> conditions.contains(text))
                        .isPresent());
    }
}
