package dev.fleetwright.nodepool.controller;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolStatus;
import dev.fleetwright.api.v1alpha1.Nodepool;
import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus;
import dev.fleetwright.api.v1alpha1.NodepoolStatus;
import dev.fleetwright.api.v1alpha1.ObjectRef;
import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.reconcile.Next;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.core.reconcile.Report;
import dev.fleetwright.nodepool.plan.NodepoolSituation;
import dev.fleetwright.nodepool.plan.NodepoolStep;
import dev.fleetwright.nodepool.plan.PoolDifference;
import dev.fleetwright.nodepool.plan.PoolState;
import dev.fleetwright.nodepool.plan.Records;
import dev.fleetwright.nodepool.plan.TargetSize;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status of a Nodepool: what its pools and its record say, in one place. Pure. */
final class NodepoolReport {
    /** The net below the watches while something is awaited. */
    private static final Duration NET = Duration.ofMinutes(1);

    private NodepoolReport() {}

    static Report<NodepoolStatus> of(
            Pass<Nodepool, NodepoolStatus> pass, NodepoolSituation seen, NodepoolStep step, boolean changed) {
        Conditions conditions = NodepoolConditions.of(pass, seen, step);
        return new Report<>(status(pass, seen, step), conditions, next(step, changed));
    }

    private static Next next(NodepoolStep step, boolean changed) {
        if (changed) {
            return Next.after(Duration.ZERO, "the next step");
        }
        return switch (step) {
            case NodepoolStep.Gone gone -> Next.cleaned();
            case NodepoolStep.Steady steady -> Next.done();
            default -> Next.after(NET, "the watches tell");
        };
    }

    private static NodepoolStatus status(
            Pass<Nodepool, NodepoolStatus> pass, NodepoolSituation seen, NodepoolStep step) {
        List<MachinePool> live = seen.livePools();
        Optional<NodepoolReplacement> running = seen.running();
        Optional<NodepoolReplacement> last =
                running.or(() -> seen.replacements().stream().max(Records.BY_NUMBER));
        MachinePool target = running.map(r -> r.getSpec().target())
                .flatMap(t -> named(live, t))
                .orElse(null);
        MachinePool current = live.stream()
                .filter(pool ->
                        target == null || live.size() == 1 || !name(pool).equals(name(target)))
                .max(Comparator.comparingLong(PoolState::generation))
                .orElse(null);
        long generation = step instanceof NodepoolStep.CreatePool create ? create.generation() : seen.generation();
        return pass.status()
                .withPhase(phase(pass, seen, step))
                .withNodes(nodes(current))
                .withVersion(current == null ? null : runs(current))
                .withReplicas(replicas(seen.pools()))
                .withTemplateGeneration(generation == 0 ? null : Long.valueOf(generation))
                .withCurrentPool(current == null ? null : ObjectRef.to(current))
                .withTargetPool(target == null ? null : ObjectRef.to(target))
                .withReplacement(last.map(ObjectRef::to).orElse(null))
                .withProgress(running.map(NodepoolReport::progress).orElse(null))
                .withBlockedPods(running.map(r -> status(r).blockedPods()).orElse(List.of()));
    }

    private static String phase(Pass<Nodepool, NodepoolStatus> pass, NodepoolSituation seen, NodepoolStep step) {
        if (pass.deleting()) {
            return "Deleting";
        }
        if (seen.running().isPresent()) {
            NodepoolReplacement running = seen.running().get();
            return switch (Records.phase(running)) {
                case "", "Planning" -> "Planning";
                case "Repelling", "Draining" -> "Draining";
                case "BatchSoaking", "FinalSoaking" -> "Soaking";
                default -> "Replacing";
            };
        }
        if (step instanceof NodepoolStep.Steady(MachinePool pool)) {
            return PoolState.stalled(pool).isPresent()
                    ? "Failed"
                    : PoolState.provisioned(pool) ? "Running" : "Provisioning";
        }
        return seen.livePools().isEmpty() ? "Pending" : "Planning";
    }

    private static @Nullable String runs(MachinePool pool) {
        MachinePoolStatus status = pool.getStatus();
        return status != null && status.version() != null ? status.version() : PoolDifference.versionOf(pool);
    }

    private static @Nullable String nodes(@Nullable MachinePool pool) {
        if (pool == null) {
            return null;
        }
        int ready = Optional.ofNullable(pool.getStatus())
                .map(MachinePoolStatus::readyReplicas)
                .orElse(0);
        return ready + "/" + TargetSize.wanted(pool);
    }

    private static @Nullable Integer replicas(List<MachinePool> pools) {
        boolean known = pools.stream()
                .anyMatch(pool -> pool.getStatus() != null && pool.getStatus().replicas() != null);
        return known
                ? Integer.valueOf(pools.stream()
                        .flatMap(pool -> Optional.ofNullable(pool.getStatus()).stream())
                        .mapToInt(s -> Optional.ofNullable(s.replicas()).orElse(0))
                        .sum())
                : null;
    }

    private static @Nullable String progress(NodepoolReplacement running) {
        var progress = status(running).progress();
        if (progress == null || progress.nodes() == null) {
            return Records.phase(running).isEmpty() ? null : Records.phase(running);
        }
        return "drained " + progress.nodes() + " nodes, moved " + progress.pods() + " pods";
    }

    private static NodepoolReplacementStatus status(NodepoolReplacement record) {
        return Optional.ofNullable(record.getStatus()).orElseGet(NodepoolReplacementStatus::empty);
    }

    private static Optional<MachinePool> named(List<MachinePool> pools, ObjectRef ref) {
        return pools.stream()
                .filter(pool -> pool.getMetadata().getName().equals(ref.name()))
                .findFirst();
    }

    private static String name(MachinePool pool) {
        return pool.getMetadata().getName();
    }
}
