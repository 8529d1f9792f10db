package dev.fleetwright.controllers.machinepool;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.api.v1alpha1.MachinePoolStatus;
import dev.fleetwright.api.v1alpha1.OperationRef;
import dev.fleetwright.azure.AgentPoolState;
import dev.fleetwright.azure.Machine;
import dev.fleetwright.azure.OperationStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The part of a pool's status that is plain fact: what Azure and the workload cluster showed. Pure. */
final class PoolFacts {
    private static final int LONGEST_MESSAGE = 256;

    private PoolFacts() {}

    static MachinePoolStatus observed(MachinePoolStatus before, PoolObservation seen) {
        MachinePoolStatus status = before.withOperation(operation(before.operation(), seen));
        status = switch (seen.sight()) {
            case PoolSight.NotLooked nothing -> status;
            case PoolSight.NoCluster nothing -> absent(status);
            case PoolSight.NoPool nothing -> absent(status);
            case PoolSight.Seen s -> present(status, s.pool());
        };
        if (seen.machines().isPresent()) {
            status = withMachines(status, seen.machines().get());
        }
        if (seen.sight() instanceof PoolSight.NotLooked && !seen.operating()) {
            return status;
        }
        MachinePoolStatus listed = status;
        return status.withReadyReplicas(seen.nodes()
                .map(nodes -> NodeTally.of(listed.providerIDList(), Optional.ofNullable(listed.scaleSetID()), nodes)
                        .ready())
                .orElse(null));
    }

    /** Kept while it runs; one without a URL as long as Azure shows something running. */
    private static @Nullable OperationRef operation(@Nullable OperationRef before, PoolObservation seen) {
        if (before == null) {
            return null;
        }
        if (seen.operation().orElse(null) instanceof OperationStatus.InProgress(String text, var retryAfter)) {
            return withMessage(before, text);
        }
        boolean running = seen.sight() instanceof PoolSight.Seen s
                && !s.pool().provisioningState().terminal();
        boolean unknown =
                seen.sight() instanceof PoolSight.NotLooked && seen.operation().isEmpty();
        return running || unknown ? before : null;
    }

    private static OperationRef withMessage(OperationRef o, String text) {
        String bounded = text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE);
        return new OperationRef(
                o.kind(),
                o.url(),
                o.startedAt(),
                o.generation(),
                o.correlationID(),
                bounded.isEmpty() ? null : bounded);
    }

    private static MachinePoolStatus present(MachinePoolStatus status, AgentPoolState pool) {
        return status.withId(pool.id().toString())
                .withProvisioningState(pool.provisioningState().value())
                .withVersion(pool.currentVersion().or(pool::version).orElse(null))
                .withNodeImageVersion(pool.nodeImageVersion().orElse(null))
                .withReplicas(pool.count())
                .withETag(pool.eTag().orElse(null));
    }

    private static MachinePoolStatus absent(MachinePoolStatus status) {
        return status.withProvisioningState(null)
                .withReplicas(null)
                .withETag(null)
                .withScaleSetID(null)
                .withProviderIDList(List.of());
    }

    private static MachinePoolStatus withMachines(MachinePoolStatus status, List<Machine> machines) {
        Set<ArmId> scaleSets = machines.stream()
                .map(m -> m.resourceID().parent())
                .flatMap(Optional::stream)
                .filter(id -> id.valueOf("virtualMachineScaleSets").isPresent())
                .collect(Collectors.toSet());
        return status.withProviderIDList(
                        machines.stream().map(Machine::providerID).sorted().toList())
                .withScaleSetID(
                        scaleSets.size() == 1
                                ? scaleSets.iterator().next().toString()
                                : machines.isEmpty() ? status.scaleSetID() : null);
    }
}
