package dev.fleetwright.controllers.machinepool;

import dev.fleetwright.api.v1alpha1.MachinePoolStatus;
import dev.fleetwright.azure.AgentPoolState;
import dev.fleetwright.azure.ProvisioningState;
import dev.fleetwright.controllers.azureaccess.Paces;
import dev.fleetwright.core.condition.ConditionStatus;
import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.reconcile.Next;
import dev.fleetwright.core.reconcile.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a pool can be used: Azure is done with it and enough of its nodes are Ready. Pure.
 *
 * <p>Positive evidence (Azure says Failed) counts at once; missing and unready nodes and a silent API server count only after
 * a while, and what was Ready stays so meanwhile (cluster-api-provider-azure issue 3009).
 */
final class PoolHealth {
    static final String INFRASTRUCTURE_READY = "InfrastructureReady";
    static final String NODES_OBSERVED = "NodesObserved";

    private static final String OVERDUE = "ProgressDeadlineExceeded";

    private final Paces paces;

    PoolHealth(Paces paces) {
        this.paces = paces;
    }

    /** What was seen, whatever is done about it. */
    Conditions observed(Conditions before, PoolObservation seen, MachinePoolStatus status) {
        Conditions now = switch (seen.sight()) {
            case PoolSight.NotLooked nothing -> before;
            case PoolSight.NoCluster nothing -> absent(before, "there is no managed cluster");
            case PoolSight.NoPool nothing -> absent(before, "there is no agent pool");
            case PoolSight.Seen s -> ofAzure(before, s.pool());
        };
        if (seen.sight() instanceof PoolSight.NotLooked && !seen.operating()) {
            return now;
        }
        if (seen.nodes().isEmpty()) {
            return now.setUnknown(
                    NODES_OBSERVED, "ClusterUnreachable", "the workload cluster's API server is not connected");
        }
        Conditions known = now.setTrue(NODES_OBSERVED, "Observed", "");
        // While Azure works on the pool its nodes come and go: no evidence for or against.
        return now.isTrue(INFRASTRUCTURE_READY)
                        && seen.sight() instanceof PoolSight.Seen s
                        && s.pool().provisioningState().succeeded()
                ? known.set(
                        Conditions.AVAILABLE,
                        ConditionStatus.of(enough(status)),
                        enough(status) ? "Available" : "TooFewNodes",
                        count(status))
                : known;
    }

    /** For a pool that is as the spec wants it: what is left is whether its nodes are there. */
    Report<MachinePoolStatus> resting(MachinePoolStatus status, Conditions conditions, PoolObservation seen) {
        Instant now = conditions.now();
        if (seen.nodes().isEmpty()) {
            Instant patience = conditions.since(NODES_OBSERVED).orElse(now).plus(paces.unsettledNodes());
            String message = "the workload cluster's API server is not connected, so its nodes are not known";
            if (conditions.isTrue(Conditions.READY) && now.isBefore(patience)) {
                return report(status, conditions, until(patience, now));
            }
            Conditions unknown = conditions.isTrue(Conditions.RECONCILING)
                    ? conditions.reconciling("ClusterUnreachable", message)
                    : conditions;
            return report(status, unknown.setUnknown(Conditions.READY, "ClusterUnreachable", message), again());
        }
        if (enough(status)) {
            var initialization = new MachinePoolStatus.Initialization(true);
            Conditions healthy = conditions.ready("Healthy", count(status));
            return report(status.withInitialization(initialization), healthy, Next.done());
        }
        return tooFew(status, conditions, now);
    }

    private Report<MachinePoolStatus> tooFew(MachinePoolStatus status, Conditions before, Instant now) {
        boolean overdue = before.find(Conditions.STALLED)
                .filter(c -> OVERDUE.equals(c.getReason()))
                .isPresent();
        // Any other reason to be stalled is overcome: the pool is as the spec wants it.
        Conditions conditions = overdue ? before : before.remove(Conditions.STALLED);
        String message = count(status);
        boolean first = conditions.find(Conditions.READY).isEmpty();
        if (first || conditions.isTrue(Conditions.RECONCILING)) {
            Instant deadline =
                    conditions.since(Conditions.AVAILABLE).orElse(now).plus(paces.progress());
            return now.isBefore(deadline)
                    ? report(status, conditions.reconciling("WaitingForNodes", message), again())
                    : report(status, conditions.stalled(OVERDUE, message), again());
        }
        Instant patience = conditions.since(Conditions.AVAILABLE).orElse(now).plus(paces.unsettledNodes());
        if (conditions.isTrue(Conditions.READY) && now.isBefore(patience)) {
            return report(status, conditions, until(patience, now));
        }
        return report(status, conditions.setFalse(Conditions.READY, "TooFewNodes", message), again());
    }

    private static Conditions absent(Conditions before, String message) {
        return before.setFalse(INFRASTRUCTURE_READY, "NotCreated", message)
                .setFalse(Conditions.AVAILABLE, "NotCreated", message)
                .setFalse(Conditions.READY, "NotCreated", message);
    }

    private static Conditions ofAzure(Conditions before, AgentPoolState pool) {
        ProvisioningState state = pool.provisioningState();
        if (state.succeeded()) {
            return before.setTrue(INFRASTRUCTURE_READY, "Succeeded", "");
        }
        if (state.failed() || state.canceled()) {
            String message = pool.provisioningError().orElse("the agent pool is " + state);
            return before.setFalse(INFRASTRUCTURE_READY, "Azure" + state, message)
                    .setFalse(Conditions.READY, "Azure" + state, message);
        }
        return before.find(INFRASTRUCTURE_READY).isPresent()
                ? before
                : before.setFalse(INFRASTRUCTURE_READY, "Creating", "the agent pool is " + state);
    }

    static boolean enough(MachinePoolStatus status) {
        Integer ready = status.readyReplicas();
        Integer replicas = status.replicas();
        return ready != null && replicas != null && ready >= replicas;
    }

    private static String count(MachinePoolStatus status) {
        return "%s of %s nodes are Ready"
                .formatted(
                        Optional.ofNullable(status.readyReplicas())
                                .map(Object::toString)
                                .orElse("?"),
                        Objects.requireNonNullElse(status.replicas(), 0));
    }

    private Next again() {
        return Next.after(paces.line(), "nodes");
    }

    private static Next until(Instant patience, Instant now) {
        return Next.after(Duration.between(now, patience).plusSeconds(1), "nodes");
    }

    static Report<MachinePoolStatus> report(MachinePoolStatus status, Conditions conditions, Next next) {
        return new Report<>(status.withPhase(PoolPhase.of(status, conditions)), conditions, next);
    }
}
