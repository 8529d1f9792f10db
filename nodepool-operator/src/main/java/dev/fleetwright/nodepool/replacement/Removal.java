package dev.fleetwright.nodepool.replacement;

import static dev.fleetwright.nodepool.replacement.ReplacementMachine.unreachable;
import static dev.fleetwright.nodepool.replacement.ReplacementMachine.waitFor;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolSpec;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus.PlannedNode;
import dev.fleetwright.nodepool.drain.Disposition;
import dev.fleetwright.nodepool.drain.DrainBoard;
import dev.fleetwright.nodepool.drain.PodView;
import dev.fleetwright.nodepool.node.NodeView;
import dev.fleetwright.nodepool.node.PoolMachines;
import dev.fleetwright.nodepool.plan.DesiredPool;
import dev.fleetwright.nodepool.plan.NodepoolPlanner;
import dev.fleetwright.nodepool.plan.PoolState;
import dev.fleetwright.nodepool.replacement.Step.Enter;
import dev.fleetwright.nodepool.replacement.Step.Finish;
import dev.fleetwright.nodepool.replacement.Step.Why;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The end: the sources are deleted behind a gate, then the target gets its autoscaler. */
final class Removal {
    private Removal() {}

    static Step decide(Observation seen) {
        return seen.phase() == Phase.DELETING_SOURCES ? deleting(seen) : unfencing(seen);
    }

    private static Step deleting(Observation seen) {
        if (seen.sources().isEmpty()) {
            return new Enter(Phase.UNFENCING);
        }
        Optional<MachinePool> next =
                seen.sources().stream().filter(s -> !PoolState.deleting(s)).findFirst();
        if (next.isEmpty()) {
            return waitFor(
                    Why.POOL_DELETION,
                    "waiting until Azure has deleted "
                            + String.join(
                                    ", ",
                                    seen.sources().stream()
                                            .map(s -> s.getSpec().name())
                                            .sorted()
                                            .toList()));
        }
        MachinePool source = next.get();
        if (PoolState.neverMade(source)) {
            return new Step.DeleteSource(source);
        }
        Optional<Step> lastSystem = lastSystemPool(seen);
        if (lastSystem.isPresent()) {
            return lastSystem.get();
        }
        if (seen.workload().isEmpty()) {
            return unreachable(seen);
        }
        return gate(seen, seen.workload().get(), source);
    }

    /** The last look at the caches; the step itself looks at the API servers once more. */
    private static Step gate(Observation seen, Workload workload, MachinePool source) {
        MachinePool target = seen.target();
        if (target == null && !seen.withoutTarget()) {
            return waitFor(Why.TARGET_NODES, "the target pool is gone: nothing is deleted");
        }
        if (target != null && !PoolState.provisioned(target)) {
            return waitFor(
                    Why.OPERATION,
                    "waiting until Azure has carried out the last change of pool "
                            + target.getSpec().name());
        }
        if (source.getSpec().scaling() != null) {
            return new Enter(Phase.FENCING_AUTOSCALER);
        }
        List<PlannedNode> unplanned = PlanCheck.unplanned(seen, workload);
        if (!unplanned.isEmpty() || !PlanCheck.unmarked(seen, workload).isEmpty()) {
            return new Enter(Phase.REPELLING);
        }
        Set<String> busy = busyNodes(seen, workload);
        if (!busy.isEmpty()) {
            return new Step.Reopen(busy);
        }
        List<String> unbound = PlanCheck.unbound(seen, workload);
        return unbound.isEmpty()
                ? new Step.DeleteSource(source)
                : waitFor(
                        Why.UNBOUND_NODES,
                        "Azure does not list the machine of " + String.join(", ", unbound)
                                + " in the pool its label names");
    }

    /** uids of planned nodes that are not proven empty, or carry a pod that must leave. */
    static Set<String> busyNodes(Observation seen, Workload workload) {
        Map<String, String> uids = new HashMap<>();
        Set<String> busy = new HashSet<>();
        for (PlannedNode planned : seen.status().nodes()) {
            workload.byUid(planned.uid()).ifPresent(node -> {
                uids.put(node.name(), node.uid());
                if (planned.drainedAt() == null) {
                    busy.add(node.uid());
                }
            });
        }
        for (PodView pod : workload.pods()) {
            String uid = uids.get(pod.node());
            if (uid != null && staysInTheWay(pod, seen)) {
                busy.add(uid);
            }
        }
        return busy;
    }

    /** True for a pod that keeps its node from being deleted. */
    static boolean staysInTheWay(PodView pod, Observation seen) {
        return Disposition.of(pod).mustLeave()
                && !DrainBoard.abandoned(pod, seen.policy().drain(), seen.now());
    }

    /** A cluster never loses its last System pool before another one serves. */
    static Optional<Step> lastSystemPool(Observation seen) {
        boolean takesSystem = seen.sources().stream()
                .anyMatch(s -> "System".equals(s.getSpec().mode()) && !PoolState.neverMade(s));
        MachinePool target = seen.target();
        boolean comes = !seen.withoutTarget() && seen.phase().beforeCommit();
        boolean serves = target != null && "System".equals(target.getSpec().mode()) && PoolState.provisioned(target);
        return !takesSystem || comes || serves || seen.otherSystemPools() > 0
                ? Optional.empty()
                : Optional.of(waitFor(
                        Why.LAST_SYSTEM_POOL,
                        "this is the last System pool of the cluster: make another one, or delete the Cluster"));
    }

    private static Step unfencing(Observation seen) {
        MachinePool target = seen.target();
        DesiredPool desired = seen.desired();
        if (target != null && desired != null) {
            Optional<MachinePoolSpec> spec = NodepoolPlanner.changed(desired, target, false);
            if (spec.isPresent()) {
                return new Step.Unfence(target, spec.get());
            }
        }
        return new Finish(Phase.COMPLETED, "Succeeded", "all pods serve from the new pool; the old one is deleted");
    }

    /** True when the nodes and pods, as the API server itself shows them, still allow the deletion of this source. */
    static boolean liveGate(Observation seen, MachinePool source, List<NodeView> nodes, List<PodView> pods) {
        PoolMachines machines = PoolMachines.of(source);
        Set<String> drained = new HashSet<>();
        for (PlannedNode planned : seen.status().nodes()) {
            if (planned.drainedAt() != null) {
                drained.add(planned.uid());
            }
        }
        boolean nodesReady = nodes.stream()
                .filter(machines::claimedBy)
                .allMatch(node -> machines.owns(node) && node.unschedulable() && drained.contains(node.uid()));
        return nodesReady && pods.stream().noneMatch(pod -> staysInTheWay(pod, seen));
    }
}
