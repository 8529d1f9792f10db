package dev.fleetwright.nodepool.controller;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.Nodepool;
import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus;
import dev.fleetwright.api.v1alpha1.NodepoolStatus;
import dev.fleetwright.core.condition.ConditionStatus;
import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.nodepool.plan.NodepoolSituation;
import dev.fleetwright.nodepool.plan.NodepoolStep;
import dev.fleetwright.nodepool.plan.PoolState;
import dev.fleetwright.nodepool.plan.TargetSize;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The conditions of a Nodepool. Those of its running record are shown on it too, since users look here. */
final class NodepoolConditions {
    private static final List<String> OF_THE_RECORD = List.of(
            ReplacementReport.DRAINING,
            ReplacementReport.DRAIN_BLOCKED,
            ReplacementReport.SOAKING,
            ReplacementReport.CAPACITY_SHORTFALL);

    private NodepoolConditions() {}

    static Conditions of(Pass<Nodepool, NodepoolStatus> pass, NodepoolSituation seen, NodepoolStep step) {
        Conditions now = mirrored(pass.conditions(), seen.running()).remove(Conditions.PAUSED);
        if (pass.deleting()) {
            now = now.setTrue(Conditions.DELETING, "Deleting", "its pools are drained and deleted first");
        }
        return switch (step) {
            case NodepoolStep.CreatePool create ->
                now.setFalse(Conditions.UP_TO_DATE, "Creating", "the first pool is being made")
                        .reconciling(
                                "Creating", "making agent pool " + create.name().agentPool());
            case NodepoolStep.UpdatePool update ->
                now.setFalse(Conditions.UP_TO_DATE, "ChangePending", "a change in place is being made")
                        .reconciling(
                                "Updating",
                                "changing agent pool " + update.pool().getSpec().name() + " in place");
            case NodepoolStep.Begin begin ->
                now.setFalse(Conditions.UP_TO_DATE, "ReplacementRequired", changes(begin))
                        .reconciling("Replacing", changes(begin));
            case NodepoolStep.Supersede(var running, String why) -> now.reconciling("Replacing", why);
            case NodepoolStep.DropPool drop -> now.reconciling("Deleting", "deleting with the Cluster");
            case NodepoolStep.Forget forget -> now;
            case NodepoolStep.Wait(String reason, String message) -> waiting(now, reason, message);
            case NodepoolStep.LeaveTo(var running) -> replacing(now, running);
            case NodepoolStep.Steady(var pool) -> steady(now, pool);
            case NodepoolStep.Gone gone -> now;
        };
    }

    private static Conditions waiting(Conditions now, String reason, String message) {
        if (reason.equals(Conditions.PAUSED)) {
            return now.remove(Conditions.RECONCILING).setTrue(Conditions.PAUSED, reason, message);
        }
        return reason.equals("VersionAheadOfControlPlane")
                ? now.stalled(reason, message)
                : now.reconciling(reason, message);
    }

    private static Conditions replacing(Conditions now, NodepoolReplacement running) {
        List<Condition> theirs = statusOf(running).conditions();
        Conditions pending = now.setFalse(
                Conditions.UP_TO_DATE,
                "ReplacementRequired",
                running.getMetadata().getName() + " is at work");
        Optional<Condition> stalled = find(theirs, Conditions.STALLED);
        if (stalled.isPresent()) {
            return pending.stalled(reason(stalled.get()), message(stalled.get()));
        }
        Optional<Condition> working = find(theirs, Conditions.RECONCILING);
        String reason = working.map(NodepoolConditions::reason).orElse("Replacing");
        String message = working.map(NodepoolConditions::message)
                .orElse(running.getMetadata().getName() + " begins");
        Conditions said = pending.reconciling(reason, message);
        ConditionStatus ready = said.is(Conditions.READY, ConditionStatus.TRUE)
                ? ConditionStatus.TRUE
                : said.is(Conditions.READY, ConditionStatus.UNKNOWN) ? ConditionStatus.UNKNOWN : ConditionStatus.FALSE;
        return said.set(Conditions.READY, ready, reason, message);
    }

    private static Conditions steady(Conditions now, MachinePool pool) {
        Conditions upToDate = now.setTrue(Conditions.UP_TO_DATE, "UpToDate", "the pool is as asked for");
        Optional<Condition> stalled = PoolState.stalled(pool);
        if (stalled.isPresent()) {
            return upToDate.stalled(reason(stalled.get()), message(stalled.get()));
        }
        Optional<Condition> ready = PoolState.condition(pool, Conditions.READY);
        boolean good = ready.filter(c -> "True".equals(c.getStatus())).isPresent() && PoolState.provisioned(pool);
        if (good) {
            return upToDate.ready("Healthy", TargetSize.wanted(pool) + " nodes as asked for");
        }
        return upToDate.reconciling(
                ready.map(NodepoolConditions::reason).orElse("Provisioning"),
                ready.map(NodepoolConditions::message).orElse("waiting for the MachinePool"));
    }

    private static Conditions mirrored(Conditions own, Optional<NodepoolReplacement> running) {
        List<Condition> theirs = running.map(r -> statusOf(r).conditions()).orElse(List.of());
        Conditions now = own;
        for (String type : OF_THE_RECORD) {
            Optional<Condition> found = find(theirs, type);
            if (found.isPresent()) {
                ConditionStatus status =
                        ConditionStatus.of("True".equals(found.get().getStatus()));
                now = now.set(type, status, reason(found.get()), message(found.get()));
            } else if (type.equals(ReplacementReport.CAPACITY_SHORTFALL)) {
                now = now.remove(type);
            } else {
                now = now.setFalse(type, "NoReplacement", "no replacement is going on");
            }
        }
        return now;
    }

    private static String changes(NodepoolStep.Begin begin) {
        List<String> fields =
                begin.spec().changes().stream().map(change -> change.field()).toList();
        return fields.isEmpty()
                ? "pods move to " + (begin.spec().target() == null ? "other nodes" : "the pool that is kept")
                : "another pool is needed: " + String.join(", ", fields);
    }

    private static NodepoolReplacementStatus statusOf(NodepoolReplacement record) {
        return Optional.ofNullable(record.getStatus()).orElseGet(NodepoolReplacementStatus::empty);
    }

    private static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions.stream().filter(c -> type.equals(c.getType())).findFirst();
    }

    private static String reason(Condition condition) {
        return Objects.requireNonNullElse(condition.getReason(), "Unknown");
    }

    private static String message(Condition condition) {
        return Objects.requireNonNullElse(condition.getMessage(), "");
    }
}
