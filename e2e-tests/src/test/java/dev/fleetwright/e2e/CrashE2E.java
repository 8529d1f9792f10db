package dev.fleetwright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import dev.fleetwright.launcher.FleetWatch;
import dev.fleetwright.launcher.Operator;
import dev.fleetwright.launcher.OperatorProcess;
import dev.fleetwright.launcher.Stack;
import dev.fleetwright.launcher.Workload;
import dev.fleetwright.launcher.evidence.WorkloadEvidence;
import dev.fleetwright.local.audit.AuditEvent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The operators are killed without warning, at bad moments: the next process goes on, and repeats nothing. On a stack of
 * its own, so that no other test waits for it.
 */
@Order(2)
@Execution(ExecutionMode.CONCURRENT)
class CrashE2E {
    private final Stack stack = TheStack.ofVictims();

    @Test
    void theNodepoolOperatorIsKilledThreeTimesInADrainAndRepeatsNothing() throws IOException {
        try (var fleet = TestFleet.in(stack, "e2e-crash").create();
                Workload workload = fleet.rollOutWorkloads()) {
            OperatorProcess operator = stack.operator(Operator.NODEPOOL);
            fleet.edit("41-nodepool-apps.yaml", "Standard_D4s_v5", "Standard_D8s_v5");
            for (int moved : List.of(3, 20, 45)) {
                fleet.await(
                        "after " + moved + " pods", watch -> moved(workload) >= moved || phase(watch, "FinalSoaking"));
                operator.kill();
                operator.start();
                operator.awaitReady();
            }
            fleet.awaitReplaced("Standard_D8s_v5");
            workload.awaitRollOut(TestFleet.PATIENCE, text -> {});

            var evidence = WorkloadEvidence.read(workload.audit(), "fleetwright-nodepool-operator");
            assertThat(evidence.evictedTwice()).as("pods evicted twice").isEmpty();
            assertThat(evidence.evictionsWithoutUid()).isZero();
            assertThat(nodesWrittenTwice(workload)).as("nodes cordoned twice").isEmpty();
            assertThat(deletedPools(fleet.cluster())).as("agent pools deleted").hasSize(1);
            fleet.delete();
        }
    }

    @Test
    void theControllersAreKilledWhileAPoolIsCreatedAndThereIsOnePool() throws IOException {
        try (var fleet = TestFleet.in(stack, "e2e-create").create()) {
            OperatorProcess operator = stack.operator(Operator.CONTROLLERS);
            long before = poolCreations(fleet.cluster());
            fleet.apply("""
                apiVersion: fleetwright.dev/v1alpha1
                kind: Nodepool
                metadata: {name: payments-weu-1-extra, namespace: e2e-create}
                spec:
                  clusterRef: {name: payments-weu-1}
                  replicas: 2
                  template: {vmSize: Standard_D4s_v5}
                """);
            fleet.await(
                    "the pool is being created",
                    watch -> poolCreations(fleet.cluster()) > before
                            || watch.all(MachinePool.class).stream()
                                    .anyMatch(p -> p.getStatus() != null
                                            && p.getStatus().operation() != null));
            operator.kill();
            operator.start();
            operator.awaitReady();
            fleet.await("ready", TestFleet::ready);
            assertThat(poolCreations(fleet.cluster()) - before).isEqualTo(1);
            fleet.delete();
        }
    }

    private static long moved(Workload workload) {
        return workload.audit().events(e -> e.isEviction() && e.succeeded()).size();
    }

    private static boolean phase(FleetWatch watch, String phase) {
        return watch.all(NodepoolReplacement.class).stream()
                .anyMatch(
                        r -> r.getStatus() != null && phase.equals(r.getStatus().phase()));
    }

    /** Every old node is marked by one write; names of nodes that were written to again. */
    private static List<String> nodesWrittenTwice(Workload workload) {
        Map<String, Long> writes = workload.audit().events(TestFleet::isNodeWrite).stream()
                .collect(Collectors.groupingBy(AuditEvent::name, Collectors.counting()));
        assertThat(writes).hasSize(5);
        return writes.entrySet().stream()
                .filter(e -> e.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    private List<String> deletedPools(String cluster) {
        return operations(cluster, "delete");
    }

    private long poolCreations(String cluster) {
        return operations(cluster, "create").size();
    }

    private List<String> operations(String cluster, String verb) {
        return stack.simulator().operations().stream()
                .filter(o -> o.subject().contains("/" + cluster + "/agentPools/"))
                .filter(o -> o.kind().toLowerCase(java.util.Locale.ROOT).contains(verb))
                .map(o -> o.subject())
                .toList();
    }
}
