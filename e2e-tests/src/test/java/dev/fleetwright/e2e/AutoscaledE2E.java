package dev.fleetwright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import dev.fleetwright.launcher.FleetWatch;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A pool that the AKS autoscaler owns: fenced while it is replaced, handed over with the bounds of the user at the end. */
@Order(4)
class AutoscaledE2E {
    @Test
    void theAutoscalerIsFencedDuringAReplacementAndGetsTheUsersBoundsBack() throws IOException {
        try (var fleet = TestFleet.named("e2e-autoscaled")) {
            fleet.replaceIn("41-nodepool-apps.yaml", "replicas: 5", "scaling: {min: 3, max: 7}");
            fleet.create();
            JsonNode before = appsPool(fleet).orElseThrow();
            assertThat(bounds(before)).isEqualTo("true 3 7");

            fleet.rollOutWorkloads().close();

            fleet.edit("41-nodepool-apps.yaml", "Standard_D4s_v5", "Standard_D8s_v5");
            fleet.await("the target is made, the source is drained", watch -> phase(watch, "Draining"));
            assertThat(pools(fleet)).hasSize(2).allMatch(pool -> bounds(pool).startsWith("false"));

            fleet.awaitReplaced("Standard_D8s_v5");
            fleet.await("handed over to the autoscaler", watch -> phase(watch, "Completed") && TestFleet.ready(watch));
            assertThat(pools(fleet)).hasSize(1);
            JsonNode after = appsPool(fleet).orElseThrow();
            assertThat(bounds(after)).isEqualTo("true 3 7");
            assertThat(after.at("/properties/count").asInt()).isBetween(3, 7);
            assertThat(fleet.watch().all(MachinePool.class)).hasSize(2);
            fleet.delete();
        }
    }

    private static boolean phase(FleetWatch watch, String phase) {
        return watch.all(NodepoolReplacement.class).stream()
                .anyMatch(
                        r -> r.getStatus() != null && phase.equals(r.getStatus().phase()));
    }

    private static Optional<JsonNode> appsPool(TestFleet fleet) {
        return pools(fleet).stream().findFirst();
    }

    private static List<JsonNode> pools(TestFleet fleet) {
        JsonNode list = TheStack.get()
                .simulator()
                .resource(
                        "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/" + fleet.cluster()
                                + "/providers/Microsoft.ContainerService/managedClusters/" + fleet.cluster()
                                + "/agentPools",
                        "2025-09-01");
        return list.path("value")
                .valueStream()
                .filter(pool -> pool.at("/properties/mode").asText().equals("User"))
                .toList();
    }

    private static String bounds(JsonNode pool) {
        JsonNode properties = pool.path("properties");
        return properties.path("enableAutoScaling").asBoolean() + " "
                + properties.path("minCount").asText("-") + " "
                + properties.path("maxCount").asText("-");
    }
}
