package dev.fleetwright.nodepool.replacement;

import static dev.fleetwright.nodepool.replacement.ReplacementMachine.unreachable;
import static dev.fleetwright.nodepool.replacement.ReplacementMachine.waitFor;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolSpec;
import dev.fleetwright.api.v1alpha1.ObjectRef;
import dev.fleetwright.nodepool.node.Marks;
import dev.fleetwright.nodepool.node.NodeView;
import dev.fleetwright.nodepool.node.PoolMachines;
import dev.fleetwright.nodepool.plan.DesiredPool;
import dev.fleetwright.nodepool.plan.PoolName;
import dev.fleetwright.nodepool.plan.PoolState;
import dev.fleetwright.nodepool.plan.TargetSize;
import dev.fleetwright.nodepool.replacement.Step.CreateTarget;
import dev.fleetwright.nodepool.replacement.Step.Enter;
import dev.fleetwright.nodepool.replacement.Step.Why;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Everything before a pod moves: the turn, the fence, the new pool and its nodes. Nothing of the old pool is touched. */
final class Preparation {
    private Preparation() {}

    static Step decide(Observation seen) {
        return switch (seen.phase()) {
            case PLANNING -> planning(seen);
            case FENCING_AUTOSCALER -> fencing(seen);
            case CREATING_TARGET -> creating(seen);
            default -> waitingForNodes(seen);
        };
    }

    private static Step planning(Observation seen) {
        if (seen.ahead().isPresent()) {
            return waitFor(Why.TURN, seen.ahead().get());
        }
        MachinePool target = seen.target();
        if (target != null && !PoolState.neverMade(target)) {
            if (seen.workload().isEmpty()) {
                return unreachable(seen);
            }
            // The target is an old pool that serves again: it takes pods from now on.
            List<NodeView> marked = seen.workload().get().of(PoolMachines.of(target)).stream()
                    .filter(Marks::any)
                    .toList();
            if (!marked.isEmpty()) {
                return new Step.Unmark(marked);
            }
        }
        Optional<Step> lastSystem = Removal.lastSystemPool(seen);
        return lastSystem.orElseGet(() -> new Enter(Phase.FENCING_AUTOSCALER));
    }

    private static Step fencing(Observation seen) {
        for (MachinePool source : seen.sources()) {
            if (PoolState.deleting(source) || PoolState.neverMade(source)) {
                continue;
            }
            if (source.getSpec().scaling() != null) {
                return new Step.Fence(source, withCount(source));
            }
            if (!PoolState.settled(source)) {
                return waitFor(
                        Why.OPERATION,
                        "waiting until Azure has carried out the last change of pool "
                                + source.getSpec().name());
            }
        }
        return new Enter(Phase.CREATING_TARGET);
    }

    /** The spec with a fixed count: what Azure reports now, so that nothing is added or removed by the change. */
    private static MachinePoolSpec withCount(MachinePool source) {
        MachinePoolSpec old = source.getSpec();
        return new MachinePoolSpec(
                old.clusterRef(),
                old.name(),
                old.mode(),
                old.template(),
                TargetSize.wanted(source),
                null,
                old.version(),
                old.nodepoolRef());
    }

    private static Step creating(Observation seen) {
        ObjectRef wanted = seen.record().getSpec().target();
        if (wanted == null) {
            return new Enter(Phase.REPELLING);
        }
        if (seen.target() != null) {
            return new Enter(Phase.WAITING_FOR_NODES);
        }
        DesiredPool desired = seen.desired();
        if (desired == null || !desired.fingerprint().equals(seen.wanted())) {
            return waitFor(Why.DESIRED, "waiting until the Nodepool's edit is planned");
        }
        if (seen.workload().isEmpty() && desired.scaling() != null && !allNeverMade(seen)) {
            return unreachable(seen);
        }
        int serving = seen.workload()
                .map(workload -> seen.sourceMachines().stream()
                        .mapToInt(pool -> (int) workload.of(pool).stream()
                                .filter(NodeView::ready)
                                .count())
                        .sum())
                .orElse(0);
        ObjectRef nodepool = seen.record().getSpec().nodepoolRef();
        PoolName name = PoolName.of(
                nodepool.name(),
                Objects.requireNonNullElse(nodepool.uid(), ""),
                PoolState.generation(seen.record()),
                desired.osType());
        return new CreateTarget(desired.asNewPool(
                name, seen.record().getSpec().clusterRef(), nodepool, TargetSize.of(desired, serving)));
    }

    private static boolean allNeverMade(Observation seen) {
        return seen.sources().stream().allMatch(PoolState::neverMade);
    }

    private static Step waitingForNodes(Observation seen) {
        MachinePool target = seen.target();
        if (target == null) {
            return new Enter(Phase.CREATING_TARGET);
        }
        Optional<Step> notReady = targetNotReady(seen, target);
        return notReady.orElseGet(() -> new Enter(Phase.REPELLING));
    }

    /** Why the target cannot take the workload now; empty when it can. */
    static Optional<Step> targetNotReady(Observation seen, MachinePool target) {
        Optional<Condition> stalled = PoolState.stalled(target);
        if (stalled.isPresent()) {
            Condition cause = stalled.get();
            return Optional.of(waitFor(
                    Why.CAPACITY,
                    "pool " + target.getSpec().name() + " cannot be made: "
                            + Objects.requireNonNullElse(cause.getReason(), "unknown") + ": "
                            + Objects.requireNonNullElse(cause.getMessage(), "")));
        }
        if (!PoolState.provisioned(target)) {
            return Optional.of(waitFor(
                    Why.OPERATION,
                    "waiting until Azure has made pool " + target.getSpec().name()));
        }
        if (seen.workload().isEmpty()) {
            return Optional.of(unreachable(seen));
        }
        long ready = seen.workload().get().of(PoolMachines.of(target)).stream()
                .filter(NodeView::takesPods)
                .count();
        int wanted = TargetSize.wanted(target);
        return ready >= wanted
                ? Optional.empty()
                : Optional.of(waitFor(
                        Why.TARGET_NODES,
                        "pool " + target.getSpec().name() + " has " + ready + " of " + wanted + " nodes ready"));
    }
}
