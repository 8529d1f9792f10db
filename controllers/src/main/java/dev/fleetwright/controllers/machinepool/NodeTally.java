package dev.fleetwright.controllers.machinepool;

import dev.fleetwright.api.ArmId;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The nodes of one pool among all nodes of a cluster: those whose provider id is, segment by segment, one of the pool's.
 * Names, labels and instance numbers bind nothing: they repeat from pool to pool.
 *
 * @param bound nodes of the pool
 * @param ready those of them that are Ready
 * @param strangers nodes on the pool's scale set that the list of its machines does not have yet
 */
record NodeTally(int bound, int ready, int strangers) {
    static NodeTally of(Collection<String> providerIDs, Optional<String> scaleSetID, List<Node> nodes) {
        Set<ArmId> machines = new HashSet<>();
        providerIDs.forEach(id -> ArmId.tryParse(id).ifPresent(machines::add));
        Optional<ArmId> scaleSet = scaleSetID.flatMap(ArmId::tryParse);
        int bound = 0;
        int ready = 0;
        int strangers = 0;
        for (Node node : nodes) {
            Optional<ArmId> id = idOf(node);
            if (id.filter(machines::contains).isPresent()) {
                bound++;
                ready += isReady(node) ? 1 : 0;
            } else if (id.isPresent() && scaleSet.filter(id.get()::isBelow).isPresent()) {
                strangers++;
            }
        }
        return new NodeTally(bound, ready, strangers);
    }

    private static Optional<ArmId> idOf(Node node) {
        return Optional.ofNullable(node.getSpec()).map(s -> s.getProviderID()).flatMap(ArmId::tryParse);
    }

    private static boolean isReady(Node node) {
        return node.getMetadata().getDeletionTimestamp() == null
                && node.getStatus() != null
                && Objects.requireNonNullElse(node.getStatus().getConditions(), List.<NodeCondition>of()).stream()
                        .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
    }
}
