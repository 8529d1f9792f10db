package dev.fleetwright.nodepool.controller;

import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus;
import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.reconcile.Next;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.core.reconcile.Report;
import dev.fleetwright.nodepool.drain.BlockedReport;
import dev.fleetwright.nodepool.drain.DrainDecision;
import dev.fleetwright.nodepool.replacement.Decision;
import dev.fleetwright.nodepool.replacement.Phase;
import dev.fleetwright.nodepool.replacement.Step;
import dev.fleetwright.nodepool.replacement.Step.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** What a pass over a replacement says: conditions, and when it looks again. Pure. */
final class ReplacementReport {
    static final String DRAIN_BLOCKED = "DrainBlocked";
    static final String DRAINING = "Draining";
    static final String SOAKING = "Soaking";
    static final String CAPACITY_SHORTFALL = "CapacityShortfall";

    /** The net below the watches: an event that never comes costs this much. */
    private static final Duration NET = Duration.ofSeconds(30);

    private ReplacementReport() {}

    static Report<NodepoolReplacementStatus> of(
            Pass<NodepoolReplacement, NodepoolReplacementStatus> pass,
            Decision decision,
            NodepoolReplacementStatus status) {
        return new Report<>(status, conditions(pass.conditions(), decision, status), next(decision.step(), pass.now()));
    }

    private static Conditions conditions(Conditions before, Decision decision, NodepoolReplacementStatus status) {
        Phase phase = Phase.of(status.phase());
        Conditions now = drain(soak(before, phase), decision, phase);
        return switch (decision.step()) {
            case Step.Finish(Phase end, String result, String message) -> ended(now, end, result, message);
            case Step.Wait(Why why, String message, var until) -> waiting(now, why, message, decision, phase);
            default ->
                now.isTrue(DRAIN_BLOCKED)
                        ? now
                        : now.remove(CAPACITY_SHORTFALL).reconciling(phase.text(), "at work: " + phase.text());
        };
    }

    private static Conditions ended(Conditions now, Phase end, String result, String message) {
        Conditions quiet = now.remove(CAPACITY_SHORTFALL)
                .setFalse(DRAINING, "NotDraining", "no node is drained")
                .setFalse(DRAIN_BLOCKED, "NotBlocked", "no pod is blocked");
        return end == Phase.COMPLETED
                ? quiet.ready(result, message)
                : quiet.remove(Conditions.RECONCILING)
                        .remove(Conditions.STALLED)
                        .setFalse(Conditions.READY, result, message);
    }

    private static Conditions waiting(Conditions now, Why why, String message, Decision decision, Phase phase) {
        DrainDecision drain = decision.drain();
        return switch (why) {
            case OVER -> now;
            case PAUSED ->
                now.remove(Conditions.RECONCILING)
                        .setTrue(Conditions.PAUSED, why.reason(), message)
                        .setFalse(Conditions.READY, why.reason(), message);
            case CAPACITY ->
                now.setTrue(CAPACITY_SHORTFALL, why.reason(), message).stalled(why.reason(), message);
            case LAST_SYSTEM_POOL -> now.stalled(why.reason(), message);
            case UNREACHABLE ->
                now.reconciling(why.reason(), message).setUnknown(Conditions.READY, why.reason(), message);
            case DRAINING -> {
                if (drain != null && drain.overdue()) {
                    yield now.stalled(DRAIN_BLOCKED, message);
                }
                boolean blocked = drain != null && !drain.blocked().isEmpty();
                yield working(now, blocked ? DRAIN_BLOCKED : phase.text(), message);
            }
            case TURN,
                    CLUSTER_DELETING,
                    OPERATION,
                    DESIRED,
                    TARGET_NODES,
                    VOLUMES,
                    UNBOUND_NODES,
                    BATCH_SOAK,
                    FINAL_SOAK,
                    POOL_DELETION -> working(now, why.reason(), message);
        };
    }

    private static Conditions working(Conditions now, String reason, String message) {
        return now.remove(CAPACITY_SHORTFALL)
                .remove(Conditions.PAUSED)
                .reconciling(reason, message)
                .setFalse(Conditions.READY, reason, message);
    }

    private static Conditions soak(Conditions now, Phase phase) {
        boolean soaks = phase == Phase.BATCH_SOAKING || phase == Phase.FINAL_SOAKING;
        return soaks
                ? now.setTrue(SOAKING, phase.text(), "drained nodes are kept, cordoned, so that a way back is quick")
                : now.setFalse(SOAKING, "NotSoaking", "no soak is going on");
    }

    private static Conditions drain(Conditions now, Decision decision, Phase phase) {
        DrainDecision drain = decision.drain();
        boolean drains = phase == Phase.DRAINING || phase == Phase.REPELLING;
        Conditions said = drains
                ? now.setTrue(DRAINING, phase.text(), "pods are being moved off the old nodes")
                : now.setFalse(DRAINING, "NotDraining", "no node is drained");
        if (drain == null) {
            return drains ? said : said.setFalse(DRAIN_BLOCKED, "NotBlocked", "no pod is blocked");
        }
        return drain.blocked().isEmpty()
                ? said.setFalse(DRAIN_BLOCKED, "NotBlocked", "no pod is blocked")
                : said.setTrue(
                        DRAIN_BLOCKED,
                        Objects.requireNonNullElse(drain.blocked().getFirst().reason(), "Blocked"),
                        BlockedReport.of(drain.blocked()));
    }

    private static Next next(Step step, Instant now) {
        return switch (step) {
            case Step.Finish finish -> Next.done();
            case Step.Wait(Why why, String message, var until) -> {
                if (why == Why.OVER) {
                    yield Next.done();
                }
                Duration wait = until.map(then -> Duration.between(now, then))
                        .filter(d -> d.compareTo(NET) < 0)
                        .orElse(NET);
                yield Next.after(wait.isNegative() ? Duration.ZERO : wait.plusMillis(20), why.reason());
            }
            default -> Next.after(Duration.ZERO, "the next step");
        };
    }
}
