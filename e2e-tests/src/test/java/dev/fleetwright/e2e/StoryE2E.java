package dev.fleetwright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fleetwright.launcher.Demo;
import dev.fleetwright.launcher.Judge;
import dev.fleetwright.launcher.Promise;
import dev.fleetwright.launcher.Screen;
import dev.fleetwright.launcher.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The story of the demo, every promise of it, and its end: nothing left. */
@Order(1)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StoryE2E {
    private static final String CLUSTER = "payments-weu-1";
    private static final String SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000001";

    private final Stack stack = TheStack.get();

    @Test
    @Order(1)
    void aClusterIsMadeReplacedAndUpgradedAndEveryPromiseHolds() {
        var acts = new Demo(TheStack.checkout(), stack, Screen.forStandardOutput()).play();
        assertThat(new Judge(stack, acts).judge()).isNotEmpty().allMatch(Promise::held);
        acts.workload().close();
    }

    @Test
    @Order(2)
    void aSteadyFleetIsNotWrittenTo() {
        // Long enough for several of the drift looks, whose pace the time scale divides.
        Instant since = Instant.now();
        JsonNode grants = grants();
        String versions = resourceVersions();
        LockSupport.parkNanos(Duration.ofSeconds(10).toNanos());
        assertThat(stack.simulator().writes(since, CLUSTER)).isEmpty();
        assertThat(grants()).isEqualTo(grants);
        assertThat(resourceVersions()).isEqualTo(versions);
    }

    @Test
    @Order(3)
    void deletingTheFolderLeavesNothing() {
        JsonNode before = grants();
        var kubectl = stack.kubectl();
        kubectl.run(
                "delete",
                "--wait=true",
                "--timeout=240s",
                "-f",
                TheStack.checkout().examples().resolve("fleet").toString());
        assertThat(kubectl.run("get", "fleetwright", "-n", "fleet", "-o", "name", "--ignore-not-found"))
                .isBlank();
        JsonNode state = stack.simulator().state();
        assertThat(state.path("clusters").toString()).doesNotContain(CLUSTER);
        List<String> left = stack.simulator()
                .resource(SUBSCRIPTION + "/providers/Microsoft.Authorization/roleAssignments", "2022-04-01")
                .path("value")
                .valueStream()
                .map(JsonNode::toString)
                .filter(grant -> before.valueStream()
                        .anyMatch(own -> grant.contains(own.path("name").asText())))
                .toList();
        assertThat(left).as("role assignments").isEmpty();
        JsonNode groups = stack.simulator().resource(SUBSCRIPTION + "/resourcegroups", "2021-04-01");
        assertThat(groups.toString()).doesNotContain(CLUSTER);
    }

    /** The role assignments that the cluster's own objects asked for: with times, so that a rewrite shows. */
    private JsonNode grants() {
        var grants = JsonNodeFactory.instance.arrayNode();
        JsonNode kubelet = stack.simulator()
                .resource(
                        SUBSCRIPTION + "/resourceGroups/" + CLUSTER
                                + "/providers/Microsoft.ContainerService/managedClusters/" + CLUSTER,
                        "2025-09-01")
                .at("/properties/identityProfile/kubeletidentity/objectId");
        stack.simulator()
                .resource(SUBSCRIPTION + "/providers/Microsoft.Authorization/roleAssignments", "2022-04-01")
                .path("value")
                .valueStream()
                .filter(grant -> grant.at("/properties/principalId").equals(kubelet))
                .forEach(grants::add);
        assertThat(grants).isNotEmpty();
        return grants;
    }

    private String resourceVersions() {
        return stack.kubectl()
                .run(
                        "get",
                        "fleetwright",
                        "-n",
                        "fleet",
                        "-o",
                        "jsonpath={range .items[*]}{.kind}/{.metadata.name}={.metadata.resourceVersion}{\"\\n\"}{end}");
    }
}
