package dev.fleetwright.nodepool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetwright.local.audit.AuditEvent;
import dev.fleetwright.nodepool.ground.Fleet;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whole replacements on a real API server, judged by its audit log. */
@Execution(ExecutionMode.CONCURRENT)
class ReplacementIT {
    private static final Duration PATIENCE = Fleet.PATIENCE;

    @Test
    void anEditThatTakesAnotherPoolMovesADeploymentUnderItsBudget() {
        try (var fleet = new Fleet("moves")) {
            fleet.apply(nodepool("web", 3));
            fleet.apply(deployment("cart", "web", 6) + budget("cart", "maxUnavailable: 2"));
            fleet.awaitReady("web");
            awaitReadyPods(fleet, "cart", 6);
            List<String> before = uids(fleet);

            fleet.resize("web", "Standard_D8s_v5");
            fleet.awaitRecord(
                    "web",
                    r -> r.getStatus() != null
                            && "Succeeded".equals(r.getStatus().result()));
            fleet.awaitReady("web");

            assertThat(fleet.pools("web")).hasSize(1);
            assertThat(fleet.pools("web").getFirst().getSpec().template().vmSize())
                    .isEqualTo("Standard_D8s_v5");
            awaitReadyPods(fleet, "cart", 6);
            List<AuditEvent> evictions = evictions(fleet);
            assertThat(evictions)
                    .extracting(e -> e.uidPrecondition().orElse("none"))
                    .containsExactlyInAnyOrderElementsOf(before);
            assertThat(fleet.cluster()
                            .audit()
                            .events(e -> e.user().equals(fleet.user())
                                    && e.resource().equals("pods")
                                    && e.verb().equals("delete")))
                    .as("pods that were deleted past their budget")
                    .isEmpty();
        }
    }

    @Test
    void aClosedBudgetIsNamedWithinTenSecondsAndItsPodsMoveWhenItOpens() {
        try (var fleet = new Fleet("closed")) {
            fleet.apply(nodepool("web", 1));
            fleet.apply(deployment("cart", "web", 2) + budget("cart", "minAvailable: 2"));
            fleet.awaitReady("web");
            awaitReadyPods(fleet, "cart", 2);

            fleet.resize("web", "Standard_D8s_v5");
            var draining = fleet.awaitRecord(
                    "web",
                    r -> r.getStatus() != null
                            && "Draining".equals(r.getStatus().phase()));
            Instant began = draining.getStatus().phaseStartedAt();
            await().atMost(PATIENCE).until(() -> fleet.isTrue("web", "DrainBlocked"));
            var blocked = fleet.condition("web", "DrainBlocked").orElseThrow();

            assertThat(blocked.getMessage())
                    .contains("2 pods refused by PDB closed/cart (needs 2 healthy, has 2)")
                    .contains("closed/cart-");
            assertThat(Duration.between(began, Instant.parse(blocked.getLastTransitionTime())))
                    .as("from the cause to the condition")
                    .isLessThan(Duration.ofSeconds(10));
            assertThat(fleet.condition("web", "Ready").orElseThrow().getMessage())
                    .contains("closed/cart");
            assertThat(refusals(fleet)).as("calls made against a closed budget").isEmpty();

            fleet.apply(budget("cart", "maxUnavailable: 1"));
            Instant opened = Instant.now();
            await().atMost(PATIENCE).until(() -> !evictions(fleet).isEmpty());
            Instant first = evictions(fleet).getFirst().time();
            assertThat(Duration.between(opened, first)).isLessThan(Duration.ofSeconds(5));
            fleet.awaitRecord("web", r -> "Succeeded".equals(r.getStatus().result()));
            fleet.awaitReady("web");
            assertThat(fleet.isTrue("web", "DrainBlocked")).isFalse();
        }
    }

    @Test
    void anOperatorThatEndsInTheMiddleRepeatsNothing() {
        try (var fleet = new Fleet("restarts")) {
            fleet.apply(nodepool("web", 3));
            fleet.apply(deployment("cart", "web", 9) + budget("cart", "maxUnavailable: 1"));
            fleet.awaitReady("web");
            awaitReadyPods(fleet, "cart", 9);

            fleet.resize("web", "Standard_D8s_v5");
            for (int i = 1; i <= 3; i++) {
                int moved = 2 * i;
                await().atMost(PATIENCE).until(() -> evictions(fleet).size() >= moved);
                fleet.restartOperator();
            }
            fleet.awaitRecord("web", r -> "Succeeded".equals(r.getStatus().result()));

            Map<String, Long> perPod = evictions(fleet).stream()
                    .collect(Collectors.groupingBy(e -> e.uidPrecondition().orElse("none"), Collectors.counting()));
            assertThat(perPod)
                    .hasSize(9)
                    .allSatisfy((uid, times) -> assertThat(times).isEqualTo(1));
            assertThat(fleet.pools("web")).hasSize(1);
        }
    }

    @Test
    void twoPoolsWithTheSameInstanceNumbersNeverTouchEachOther() {
        try (var fleet = new Fleet("twins")) {
            fleet.apply(nodepool("one", 2));
            fleet.apply(nodepool("two", 2));
            fleet.apply(deployment("left", "one", 2) + deployment("right", "two", 2));
            fleet.awaitReady("one");
            fleet.awaitReady("two");
            awaitReadyPods(fleet, "left", 2);
            awaitReadyPods(fleet, "right", 2);
            List<String> others =
                    fleet.client().nodes().withLabel("fleetwright.dev/nodepool", "two").list().getItems().stream()
                            .map(n -> n.getMetadata().getName())
                            .filter(n -> n.contains("twins"))
                            .toList();

            fleet.resize("one", "Standard_D8s_v5");
            fleet.awaitRecord(
                    "one",
                    r -> r.getStatus() != null
                            && "Succeeded".equals(r.getStatus().result()));

            assertThat(others).hasSize(2);
            assertThat(fleet.cluster()
                            .audit()
                            .events(e -> e.user().equals(fleet.user())
                                    && e.resource().equals("nodes")
                                    && List.of("update", "patch", "delete").contains(e.verb())
                                    && others.contains(e.name())))
                    .isEmpty();
            assertThat(evictions(fleet)).allSatisfy(e -> assertThat(e.name()).startsWith("left-"));
        }
    }

    @Test
    void aSpecThatIsTakenBackInTheMiddleLeavesTheOldPoolServing() {
        try (var fleet = new Fleet("reverts")) {
            fleet.apply(nodepool("web", 2));
            fleet.apply(deployment("cart", "web", 4) + budget("cart", "minAvailable: 4"));
            fleet.awaitReady("web");
            awaitReadyPods(fleet, "cart", 4);
            String first = fleet.pools("web").getFirst().getMetadata().getName();

            fleet.resize("web", "Standard_D8s_v5");
            fleet.awaitRecord(
                    "web",
                    r -> r.getStatus() != null
                            && "Draining".equals(r.getStatus().phase()));
            fleet.resize("web", "Standard_D4s_v5");
            fleet.awaitRecord(
                    "web",
                    r -> r.getStatus() != null
                            && "Superseded".equals(r.getStatus().result()));
            fleet.awaitRecord(
                    "web",
                    r -> r.getStatus() != null
                            && "Succeeded".equals(r.getStatus().result()));
            fleet.awaitReady("web");

            assertThat(fleet.pools("web"))
                    .extracting(p -> p.getMetadata().getName())
                    .containsExactly(first);
            assertThat(fleet.client()
                            .nodes()
                            .withLabel("fleetwright.dev/nodepool", "web")
                            .list()
                            .getItems())
                    .filteredOn(n -> n.getMetadata().getName().contains("reverts"))
                    .hasSize(2)
                    .allSatisfy(n -> {
                        assertThat(n.getSpec().getUnschedulable()).isNotEqualTo(true);
                        assertThat(Optional.ofNullable(n.getMetadata().getAnnotations())
                                        .orElse(Map.of()))
                                .doesNotContainKeys("fleetwright.dev/cordoned-by", "fleetwright.dev/tainted-by");
                    });
            assertThat(evictions(fleet)).isEmpty();
        }
    }

    @Test
    void aPoolThatCannotBeMadeLeavesTheOldOneUntouched() {
        try (var fleet = new Fleet("quota")) {
            fleet.apply(nodepool("web", 2));
            fleet.apply(deployment("cart", "web", 2));
            fleet.awaitReady("web");
            awaitReadyPods(fleet, "cart", 2);
            fleet.pools().outOfQuota("Standard_D8s_v5");

            fleet.resize("web", "Standard_D8s_v5");
            await().atMost(PATIENCE).until(() -> fleet.isTrue("web", "CapacityShortfall"));
            assertThat(fleet.condition("web", "CapacityShortfall").orElseThrow().getMessage())
                    .contains("QuotaExceeded")
                    .contains("no quota left");
            assertThat(evictions(fleet)).isEmpty();
            assertThat(fleet.client()
                            .nodes()
                            .withLabel("fleetwright.dev/nodepool", "web")
                            .list()
                            .getItems())
                    .filteredOn(n -> n.getMetadata().getName().contains("quota"))
                    .allSatisfy(n -> assertThat(n.getSpec().getUnschedulable()).isNotEqualTo(true));

            fleet.pools().outOfQuota("");
            fleet.awaitRecord("web", r -> "Succeeded".equals(r.getStatus().result()));
            fleet.awaitReady("web");
        }
    }

    @Test
    void aDeletedNodepoolIsDrainedFirst() {
        try (var fleet = new Fleet("goes")) {
            fleet.apply(nodepool("stays", 1));
            fleet.apply(nodepool("web", 1));
            fleet.apply(deployment("cart", "", 2));
            fleet.awaitReady("stays");
            fleet.awaitReady("web");
            awaitReadyPods(fleet, "cart", 2);

            fleet.client().resource(fleet.nodepool("web")).delete();
            await().atMost(PATIENCE).until(() -> fleet.nodepool("web") == null);

            assertThat(fleet.pools("web")).isEmpty();
            awaitReadyPods(fleet, "cart", 2);
        }
    }

    private static List<AuditEvent> evictions(Fleet fleet) {
        return fleet.cluster().audit().events(e -> e.user().equals(fleet.user()) && e.isEviction() && e.succeeded());
    }

    private static List<AuditEvent> refusals(Fleet fleet) {
        return fleet.cluster().audit().events(e -> e.user().equals(fleet.user()) && e.isEviction() && !e.succeeded());
    }

    private static List<String> uids(Fleet fleet) {
        return fleet.pods().stream().map(p -> p.getMetadata().getUid()).toList();
    }

    private static void awaitReadyPods(Fleet fleet, String app, int count) {
        await(app)
                .atMost(PATIENCE)
                .until(() -> fleet.pods().stream()
                                .filter(p ->
                                        app.equals(p.getMetadata().getLabels().get("app")))
                                .filter(ReplacementIT::serves)
                                .count()
                        == count);
    }

    private static boolean serves(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus().getConditions() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
    }

    private static String nodepool(String name, int replicas) {
        return """
            apiVersion: fleetwright.dev/v1alpha1
            kind: Nodepool
            metadata: {name: %s}
            spec:
              clusterRef: {name: c}
              template: {vmSize: Standard_D4s_v5}
              replicas: %d
              replacement: {batchSize: 50%%, finalSoak: 1s}
            """.formatted(name, replicas);
    }

    private static String deployment(String name, String nodepool, int replicas) {
        String selector = "{test.fleetwright.dev/fleet: FLEET"
                + (nodepool.isEmpty() ? "}" : ", fleetwright.dev/nodepool: " + nodepool + "}");
        return """
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %1$s}
            spec:
              replicas: %2$d
              selector: {matchLabels: {app: %1$s}}
              template:
                metadata: {labels: {app: %1$s}}
                spec:
                  terminationGracePeriodSeconds: 5
                  nodeSelector: %3$s
                  containers: [{name: c, image: none, resources: {requests: {cpu: 10m}}}]
            """.formatted(name, replicas, selector);
    }

    private static String budget(String app, String rule) {
        return """
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: %1$s}
            spec:
              %2$s
              selector: {matchLabels: {app: %1$s}}
            """.formatted(app, rule);
    }
}
