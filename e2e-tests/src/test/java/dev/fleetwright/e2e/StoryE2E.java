package dev.fleetwright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.launcher.Demo;
import dev.fleetwright.launcher.Judge;
import dev.fleetwright.launcher.Promise;
import dev.fleetwright.launcher.Screen;
import dev.fleetwright.launcher.Stack;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The story of the demo, every promise of it, and its end: nothing left. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StoryE2E {
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
        long before = writes();
        String versions = resourceVersions();
        java.util.concurrent.locks.LockSupport.parkNanos(
                java.time.Duration.ofSeconds(10).toNanos());
        assertThat(writes()).isEqualTo(before);
        assertThat(resourceVersions()).isEqualTo(versions);
    }

    @Test
    @Order(3)
    void deletingTheFolderLeavesNothing() {
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
        assertThat(state.path("clusters").toString()).doesNotContain("payments-weu-1");
        JsonNode grants = stack.simulator()
                .resource(
                        "/subscriptions/00000000-0000-0000-0000-000000000001/providers/Microsoft.Authorization/roleAssignments",
                        "2022-04-01");
        assertThat(grants.path("value")).isEmpty();
        JsonNode groups = stack.simulator()
                .resource("/subscriptions/00000000-0000-0000-0000-000000000001/resourcegroups", "2021-04-01");
        assertThat(groups.toString()).doesNotContain("payments-weu-1");
    }

    private long writes() {
        return stack.simulator().calls().entrySet().stream()
                .filter(e -> e.getKey().matches(".*(create|update|delete|put|PUT|DELETE).*"))
                .mapToLong(java.util.Map.Entry::getValue)
                .sum();
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
