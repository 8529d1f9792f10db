package dev.fleetwright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.Nodepool;
import dev.fleetwright.launcher.FleetWatch;
import dev.fleetwright.launcher.Workload;
import dev.fleetwright.launcher.evidence.AzureOperation;
import dev.fleetwright.local.audit.AuditEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A PodDisruptionBudget that allows nothing: named within seconds, holding up nothing else, obeyed until it opens. */
@Order(5)
class BlockedBudgetE2E {
    private static final String STUBBORN = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: stubborn}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: cart, namespace: stubborn}
        spec:
          replicas: 3
          selector: {matchLabels: {app: cart}}
          template:
            metadata: {labels: {app: cart}}
            spec:
              nodeSelector: {fleetwright.dev/nodepool: payments-weu-1-apps}
              containers: [{name: main, image: registry.k8s.io/pause}]
        ---
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: cart, namespace: stubborn}
        spec: {maxUnavailable: %d, selector: {matchLabels: {app: cart}}}
        """;

    @Test
    void aClosedBudgetIsNamedHoldsUpNothingElseAndIsObeyedUntilItOpens() throws IOException {
        try (var fleet = TestFleet.named("e2e-blocked").create();
                Workload workload = fleet.workload()) {
            fleet.applyTo(workload, STUBBORN.formatted(0));
            workload.awaitRollOut(TestFleet.PATIENCE, text -> {});

            fleet.edit("41-nodepool-apps.yaml", "Standard_D4s_v5", "Standard_D8s_v5");
            fleet.await("the budget is named", watch -> named(watch, fleet.apps()));
            assertThat(Duration.between(cordoned(workload), blockedSince(fleet.appsPool())))
                    .as("from the cause to the condition")
                    .isLessThan(Duration.ofSeconds(10));

            Instant blockedSince = Instant.now();
            assertThat(operations(fleet.cluster(), blockedSince, blockedSince))
                    .as("no operation is held open")
                    .isEmpty();
            fleet.edit("40-nodepool-system.yaml", "replicas: 2", "replicas: 3");
            fleet.await(
                    "another pool is scaled meanwhile",
                    watch -> systemPool(watch)
                            .filter(p -> Integer.valueOf(3).equals(p.getStatus().readyReplicas()))
                            .isPresent());
            String scaled = systemPool(fleet.watch()).orElseThrow().getSpec().name();
            assertThat(operations(fleet.cluster(), blockedSince, Instant.now()))
                    .as("only the scaling of the other pool")
                    .isNotEmpty()
                    .allMatch(o -> o.subject().endsWith("/agentPools/" + scaled));
            assertThat(evictions(workload, "stubborn")).as("nothing moved yet").isEmpty();

            Instant opened = Instant.now();
            fleet.applyTo(workload, STUBBORN.formatted(1));
            fleet.awaitReplaced("Standard_D8s_v5");
            List<AuditEvent> moved = evictions(workload, "stubborn");
            assertThat(moved).hasSize(3);
            assertThat(Duration.between(opened, moved.getFirst().time())).isLessThan(Duration.ofSeconds(5));
            fleet.delete();
        }
    }

    private static boolean named(FleetWatch watch, String pool) {
        return watch.find(Nodepool.class, pool)
                .map(FleetWatch::conditions)
                .filter(text -> text.contains("stubborn/cart") && text.contains("needs 3") && text.contains("has 3"))
                .isPresent();
    }

    /** When the condition was set, by the clock of the operator. */
    private static Instant blockedSince(Nodepool pool) {
        return pool.getStatus().conditions().stream()
                .filter(condition -> condition.getType().equals("DrainBlocked"))
                .map(condition -> Instant.parse(condition.getLastTransitionTime()))
                .findFirst()
                .orElseThrow();
    }

    /** When the drain began: the last node was cordoned. Nothing can be refused before. */
    private static Instant cordoned(Workload workload) {
        return workload.audit().events(TestFleet::isNodeWrite).getLast().time();
    }

    private static Optional<MachinePool> systemPool(FleetWatch watch) {
        return watch.all(MachinePool.class).stream()
                .filter(p -> p.getSpec().mode().equals("System"))
                .findFirst();
    }

    private static List<AzureOperation> operations(String cluster, Instant from, Instant to) {
        return TheStack.get().simulator().operations().stream()
                .filter(o -> o.subject().contains("/" + cluster + "/"))
                .filter(o -> !o.start().isAfter(to)
                        && o.end().map(e -> !e.isBefore(from)).orElse(true))
                .toList();
    }

    private static List<AuditEvent> evictions(Workload workload, String namespace) {
        return workload.audit()
                .events(e -> e.isEviction() && e.succeeded() && e.namespace().equals(namespace));
    }
}
