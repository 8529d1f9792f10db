package dev.fleetwright.controllers.cluster;

import dev.fleetwright.api.v1alpha1.ConditionedStatus;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.core.condition.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A Cluster's conditions from those of its parts. Pure.
 *
 * <p>A pool that has never been ready counts only until the cluster has been ready once: later it is an addition or the
 * second half of a replacement, and the cluster serves meanwhile.
 */
final class ClusterHealth {
    static final String INITIALIZED = "ControlPlaneInitialized";
    static final String CONTROL_PLANE_AVAILABLE = "ControlPlaneAvailable";
    static final String WORKERS_AVAILABLE = "WorkersAvailable";
    static final String WORKERS_UP_TO_DATE = "WorkersUpToDate";
    static final String INFRASTRUCTURE_READY = "InfrastructureReady";
    static final String REMOTE_PROBE = "RemoteConnectionProbe";

    private final ClusterObservation seen;
    private final boolean provisionedBefore;

    ClusterHealth(ClusterObservation seen, boolean provisionedBefore) {
        this.seen = seen;
        this.provisionedBefore = provisionedBefore;
    }

    Conditions of(Conditions before) {
        return root(workers(controlPlane(before)));
    }

    private Conditions controlPlane(Conditions before) {
        if (seen.controlPlane().isEmpty()) {
            String message = "ManagedControlPlane %s does not exist"
                    .formatted(seen.anchor().controlPlane().orElse(""));
            return before.setFalse(CONTROL_PLANE_AVAILABLE, "WaitingForControlPlane", message)
                    .setFalse(INFRASTRUCTURE_READY, "WaitingForControlPlane", message);
        }
        var controlPlane = seen.controlPlane().get();
        Conditions now = mirrored(before, CONTROL_PLANE_AVAILABLE, controlPlane, Conditions.AVAILABLE);
        now = mirrored(now, REMOTE_PROBE, controlPlane, Conditions.AVAILABLE);
        if (!now.isTrue(INITIALIZED)) {
            now = mirrored(now, INITIALIZED, controlPlane, INITIALIZED);
        }
        var status = controlPlane.getStatus();
        boolean made = status != null && status.provisioningState() != null;
        return made
                ? now.setTrue(INFRASTRUCTURE_READY, "Ready", "")
                : now.setFalse(INFRASTRUCTURE_READY, "NotCreated", "the managed cluster is not created yet");
    }

    private Conditions workers(Conditions before) {
        List<MachinePool> pools = seen.stayingPools();
        if (pools.isEmpty()) {
            return before.setFalse(WORKERS_AVAILABLE, "NoPools", "there is no pool")
                    .setFalse(WORKERS_UP_TO_DATE, "NoPools", "there is no pool");
        }
        List<String> unavailable = names(pools, p -> counts(p) && !isTrue(p, Conditions.AVAILABLE));
        List<String> outdated = names(pools, p -> !isTrue(p, Conditions.UP_TO_DATE));
        Conditions now = unavailable.isEmpty()
                ? before.setTrue(WORKERS_AVAILABLE, "Available", "")
                : before.setFalse(WORKERS_AVAILABLE, "PoolsUnavailable", String.join(", ", unavailable));
        return outdated.isEmpty()
                ? now.setTrue(WORKERS_UP_TO_DATE, "UpToDate", "")
                : now.setFalse(WORKERS_UP_TO_DATE, "ChangePending", String.join(", ", outdated));
    }

    private Conditions root(Conditions before) {
        boolean available = before.isTrue(CONTROL_PLANE_AVAILABLE) && before.isTrue(WORKERS_AVAILABLE);
        Conditions now = available
                ? before.setTrue(Conditions.AVAILABLE, "Available", "")
                : before.setFalse(Conditions.AVAILABLE, "PartsUnavailable", partsUnavailable(before));
        if (seen.controlPlane().isEmpty()) {
            return now.reconciling("WaitingForControlPlane", messageOf(now, CONTROL_PLANE_AVAILABLE));
        }
        List<CustomResource<?, ? extends ConditionedStatus>> parts = new ArrayList<>();
        parts.add(seen.controlPlane().get());
        parts.addAll(seen.stayingPools());
        Optional<CustomResource<?, ? extends ConditionedStatus>> stalled =
                parts.stream().filter(p -> isTrue(p, Conditions.STALLED)).findFirst();
        if (stalled.isPresent()) {
            return now.stalled(reasonOf(stalled.get(), Conditions.STALLED), told(stalled.get(), Conditions.STALLED));
        }
        Optional<CustomResource<?, ? extends ConditionedStatus>> unready = parts.stream()
                .filter(p -> counts(p) && !isTrue(p, Conditions.READY))
                .findFirst();
        Optional<CustomResource<?, ? extends ConditionedStatus>> working =
                parts.stream().filter(p -> isTrue(p, Conditions.RECONCILING)).findFirst();
        if (unready.isPresent()) {
            var part = unready.get();
            boolean changing =
                    working.isPresent() || find(part, Conditions.READY).isEmpty();
            return changing
                    ? now.setFalse(Conditions.READY, reasonOf(part, Conditions.READY), told(part, Conditions.READY))
                            .reconciling(reasonOf(part, Conditions.READY), told(part, Conditions.READY))
                    : now.remove(Conditions.RECONCILING)
                            .remove(Conditions.STALLED)
                            .setFalse(Conditions.READY, reasonOf(part, Conditions.READY), told(part, Conditions.READY));
        }
        if (seen.stayingPools().isEmpty()) {
            return now.reconciling("NoPools", "there is no pool");
        }
        Conditions ready = now.ready("Healthy", "all parts are Ready");
        return working.isPresent()
                ? ready.reconciling(
                        reasonOf(working.get(), Conditions.RECONCILING), told(working.get(), Conditions.RECONCILING))
                : ready;
    }

    private boolean counts(CustomResource<?, ? extends ConditionedStatus> part) {
        return !(part instanceof MachinePool pool)
                || !provisionedBefore
                || (pool.getStatus() != null && pool.getStatus().initialization() != null);
    }

    private static String partsUnavailable(Conditions conditions) {
        return conditions.isTrue(CONTROL_PLANE_AVAILABLE)
                ? "pools: " + messageOf(conditions, WORKERS_AVAILABLE)
                : "control plane: " + messageOf(conditions, CONTROL_PLANE_AVAILABLE);
    }

    private static Conditions mirrored(
            Conditions before, String as, CustomResource<?, ? extends ConditionedStatus> part, String type) {
        return find(part, type)
                .map(c -> "True".equals(c.getStatus())
                        ? before.setTrue(as, c.getReason(), text(c.getMessage()))
                        : before.setFalse(as, c.getReason(), text(c.getMessage())))
                .orElseGet(() -> before.setFalse(as, "WaitingForControlPlane", "nothing is known yet"));
    }

    private static List<String> names(List<MachinePool> pools, Predicate<MachinePool> which) {
        return pools.stream()
                .filter(which)
                .map(p -> p.getMetadata().getName())
                .sorted()
                .toList();
    }

    private static String told(CustomResource<?, ? extends ConditionedStatus> part, String type) {
        String name = part.getKind() + " " + part.getMetadata().getName();
        return find(part, type).map(c -> name + ": " + text(c.getMessage())).orElse(name + " is not Ready yet");
    }

    private static String reasonOf(CustomResource<?, ? extends ConditionedStatus> part, String type) {
        return find(part, type).map(Condition::getReason).orElse("Creating");
    }

    private static String messageOf(Conditions conditions, String type) {
        return conditions.find(type).map(c -> text(c.getMessage())).orElse("");
    }

    private static boolean isTrue(CustomResource<?, ? extends ConditionedStatus> part, String type) {
        return find(part, type).filter(c -> "True".equals(c.getStatus())).isPresent();
    }

    private static Optional<Condition> find(CustomResource<?, ? extends ConditionedStatus> part, String type) {
        return Optional.<ConditionedStatus>ofNullable(part.getStatus()).stream()
                .flatMap(s -> s.conditions().stream())
                .filter(c -> type.equals(c.getType()))
                .findFirst();
    }

    private static String text(@Nullable String message) {
        return message == null ? "" : message;
    }
}
