package dev.fleetwright.controllers.cluster;

import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.ClusterStatus;
import dev.fleetwright.core.reconcile.Pass;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.stream.Stream;

/** What to do about a Cluster that is being deleted: its parts first, each of which waits its turn. Pure. */
final class ClusterFarewell {
    private ClusterFarewell() {}

    static ClusterDecision decide(Pass<Cluster, ClusterStatus> pass, ClusterObservation seen) {
        var pause = seen.anchor().pauseOf(pass.resource());
        if (pause.isPresent()) {
            return new ClusterDecision.Pause(pause.get());
        }
        if (seen.anchor().protectedFromDeletion()) {
            return new ClusterDecision.Refuse(
                    "DeletionProtected", "set spec.deletionProtection to false to delete the cluster");
        }
        List<HasMetadata> staying = parts(seen)
                .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
                .toList();
        if (!staying.isEmpty()) {
            return new ClusterDecision.DeleteParts(staying);
        }
        if (seen.controlPlane().isPresent()) {
            return wait(
                    "WaitingForControlPlaneDeletion",
                    Stream.of(seen.controlPlane().get()));
        }
        if (!seen.pools().isEmpty() || !seen.nodepools().isEmpty()) {
            return wait("WaitingForWorkersDeletion", parts(seen));
        }
        return new ClusterDecision.Leave();
    }

    private static Stream<HasMetadata> parts(ClusterObservation seen) {
        return Stream.<Stream<? extends HasMetadata>>of(
                        seen.nodepools().stream(), seen.pools().stream(), seen.controlPlane().stream())
                .flatMap(s -> s);
    }

    private static ClusterDecision wait(String reason, Stream<? extends HasMetadata> parts) {
        List<String> names = parts.map(p -> p.getKind() + " " + p.getMetadata().getName())
                .sorted()
                .toList();
        String more = names.size() > 3 ? " and %d more".formatted(names.size() - 3) : "";
        return new ClusterDecision.WaitForParts(
                reason, "waits for " + String.join(", ", names.subList(0, Math.min(3, names.size()))) + more);
    }
}
