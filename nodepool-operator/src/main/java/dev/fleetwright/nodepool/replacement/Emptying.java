package dev.fleetwright.nodepool.replacement;

import static dev.fleetwright.nodepool.replacement.ReplacementMachine.unreachable;
import static dev.fleetwright.nodepool.replacement.ReplacementMachine.waitFor;
import static dev.fleetwright.nodepool.replacement.ReplacementMachine.waitUntil;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus.EvictionIntent;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus.PlannedNode;
import dev.fleetwright.nodepool.drain.BlockedReport;
import dev.fleetwright.nodepool.drain.Disposition;
import dev.fleetwright.nodepool.drain.DrainBoard;
import dev.fleetwright.nodepool.drain.DrainDecision;
import dev.fleetwright.nodepool.drain.DrainSituation;
import dev.fleetwright.nodepool.node.NodeView;
import dev.fleetwright.nodepool.replacement.Step.Enter;
import dev.fleetwright.nodepool.replacement.Step.Wait;
import dev.fleetwright.nodepool.replacement.Step.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * From the first cordon to the end of the last soak. All old nodes repel new pods before the first eviction, so no pod that
 * was moved lands on a node that goes next.
 */
final class Emptying {
    /**
     * A node is empty when two lists of the API server itself say so, this far apart and both after its cordon was seen: a
     * pod that the scheduler had placed before the cordon shows up by then.
     */
    static final Duration BETWEEN_LISTS = Duration.ofSeconds(5);

    private Emptying() {}

    static Decision decide(Observation seen) {
        if (seen.workload().isEmpty()) {
            return Decision.of(unreachable(seen));
        }
        Workload workload = seen.workload().get();
        List<PlannedNode> unplanned = PlanCheck.unplanned(seen, workload);
        boolean unmarked = !PlanCheck.unmarked(seen, workload).isEmpty();
        return switch (seen.phase()) {
            case REPELLING -> Decision.of(repelling(seen, workload, unplanned));
            case DRAINING -> unplanned.isEmpty() && !unmarked ? draining(seen, workload) : repelAgain();
            case BATCH_SOAKING -> unplanned.isEmpty() && !unmarked ? Decision.of(batchSoaking(seen)) : repelAgain();
            default -> unplanned.isEmpty() && !unmarked ? Decision.of(finalSoaking(seen, workload)) : repelAgain();
        };
    }

    /** Nodes arrived late, or somebody took our marks off: first all old nodes repel again. */
    private static Decision repelAgain() {
        return Decision.of(new Enter(Phase.REPELLING));
    }

    private static Step repelling(Observation seen, Workload workload, List<PlannedNode> unplanned) {
        if (!unplanned.isEmpty()) {
            return new Step.Plan(PlanCheck.extended(seen, unplanned));
        }
        List<NodeView> unmarked = PlanCheck.unmarked(seen, workload);
        return unmarked.isEmpty() ? new Enter(Phase.DRAINING) : new Step.Mark(unmarked);
    }

    private static Decision draining(Observation seen, Workload workload) {
        List<PlannedNode> open = seen.undrained().stream()
                .filter(node -> batchOf(node) <= seen.batch())
                .toList();
        Set<String> gone = open.stream()
                .map(PlannedNode::uid)
                .filter(uid -> workload.byUid(uid).isEmpty())
                .collect(Collectors.toSet());
        if (!gone.isEmpty()) {
            return Decision.of(new Step.Gone(gone));
        }
        Map<String, NodeView> own = PlanCheck.ownNodes(seen, workload);
        Set<String> active =
                open.stream().map(PlannedNode::name).filter(own::containsKey).collect(Collectors.toSet());
        Set<String> settled = Intents.settled(seen, workload);
        Set<String> inFlight = seen.status().inFlight().stream()
                .map(EvictionIntent::uid)
                .filter(uid -> !settled.contains(uid))
                .collect(Collectors.toSet());
        var drainMemory = seen.memory().drain();
        for (String uid : settled) {
            drainMemory = drainMemory.settled(uid);
        }
        DrainDecision drain = DrainBoard.decide(new DrainSituation(
                active,
                workload.pods(),
                workload.budgets(),
                inFlight,
                workload.sizes(),
                drainMemory,
                seen.policy().drain(),
                seen.now()));
        return new Decision(
                drainStep(seen, workload, open, settled, drain),
                drain,
                unmoved(seen, workload, own.keySet(), inFlight));
    }

    private static int unmoved(Observation seen, Workload workload, Set<String> own, Set<String> inFlight) {
        Set<String> nodes = seen.undrained().stream()
                .map(PlannedNode::name)
                .filter(own::contains)
                .collect(Collectors.toSet());
        return (int) workload.pods().stream()
                .filter(pod -> nodes.contains(pod.node()) && !inFlight.contains(pod.uid()))
                .filter(pod -> Disposition.of(pod) == Disposition.MOVE)
                .count();
    }

    private static Step drainStep(
            Observation seen, Workload workload, List<PlannedNode> open, Set<String> settled, DrainDecision drain) {
        if (!drain.move().isEmpty() || !settled.isEmpty()) {
            return new Step.Intend(drain.move(), settled);
        }
        Set<String> busy = new HashSet<>(workload.attachedNodes());
        seen.status().inFlight().forEach(intent -> busy.add(String.valueOf(intent.node())));
        List<PlannedNode> empty = open.stream()
                .filter(node -> drain.remaining().getOrDefault(node.name(), 1) == 0 && !busy.contains(node.name()))
                .toList();
        List<PlannedNode> due = empty.stream()
                .filter(node -> node.emptySince() == null || !seen.now().isBefore(secondList(node)))
                .toList();
        if (!due.isEmpty()) {
            return new Step.CheckEmpty(due);
        }
        boolean more = seen.undrained().stream().anyMatch(node -> batchOf(node) > seen.batch());
        if (open.isEmpty()) {
            return afterBatch(seen, more);
        }
        if (drain.stuck() && more) {
            return new Step.NextBatch(seen.batch() + 1);
        }
        return waiting(seen, workload, open, drain, empty);
    }

    private static Step afterBatch(Observation seen, boolean more) {
        if (!more) {
            return new Enter(Phase.FINAL_SOAKING);
        }
        return seen.policy().batchSoak().isZero()
                ? new Step.NextBatch(seen.batch() + 1)
                : new Enter(Phase.BATCH_SOAKING);
    }

    private static Step waiting(
            Observation seen, Workload workload, List<PlannedNode> open, DrainDecision drain, List<PlannedNode> empty) {
        Optional<Instant> until = drain.wake();
        for (PlannedNode node : empty) {
            Instant second = secondList(node);
            until = Optional.of(until.filter(first -> first.isBefore(second)).orElse(second));
        }
        if (!drain.blocked().isEmpty()) {
            return new Wait(Why.DRAINING, BlockedReport.of(drain.blocked()), until);
        }
        List<String> attached = open.stream()
                .map(PlannedNode::name)
                .filter(workload.attachedNodes()::contains)
                .sorted()
                .limit(3)
                .toList();
        if (drain.remainingPods() == 0 && !attached.isEmpty()) {
            return new Wait(
                    Why.VOLUMES, "waiting until volumes are detached from " + String.join(", ", attached), until);
        }
        List<String> unbound = new ArrayList<>(PlanCheck.unbound(seen, workload));
        if (drain.remainingPods() == 0 && !unbound.isEmpty()) {
            return new Wait(
                    Why.UNBOUND_NODES,
                    "Azure does not list the machine of "
                            + String.join(", ", unbound.stream().limit(3).toList()) + " in the pool its label names",
                    until);
        }
        return new Wait(Why.DRAINING, "moving pods", until);
    }

    private static Step batchSoaking(Observation seen) {
        Instant end = seen.phaseStartedAt().plus(seen.policy().batchSoak());
        return seen.now().isBefore(end)
                ? waitUntil(Why.BATCH_SOAK, "batch " + seen.batch() + " is drained and soaks", end)
                : new Step.NextBatch(seen.batch() + 1);
    }

    private static Step finalSoaking(Observation seen, Workload workload) {
        Set<String> busy = Removal.busyNodes(seen, workload);
        if (!busy.isEmpty()) {
            return new Step.Reopen(busy);
        }
        Instant end = seen.phaseStartedAt().plus(seen.policy().finalSoak());
        if (seen.forward() && seen.now().isBefore(end)) {
            return waitUntil(Why.FINAL_SOAK, "all old nodes are drained and kept until the soak ends", end);
        }
        MachinePool target = seen.target();
        if (target != null) {
            Optional<Step> notReady = Preparation.targetNotReady(seen, target);
            if (notReady.isPresent()) {
                return notReady.get();
            }
        } else if (!seen.withoutTarget()) {
            return waitFor(Why.TARGET_NODES, "the target pool is gone: nothing is deleted");
        }
        return new Enter(Phase.DELETING_SOURCES);
    }

    private static Instant secondList(PlannedNode node) {
        Instant first = node.emptySince();
        return first == null ? Instant.EPOCH : first.plus(BETWEEN_LISTS);
    }

    private static int batchOf(PlannedNode node) {
        return node.batch() == null ? 1 : node.batch();
    }
}
