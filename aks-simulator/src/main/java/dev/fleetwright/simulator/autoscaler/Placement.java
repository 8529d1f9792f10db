package dev.fleetwright.simulator.autoscaler;

import java.util.List;
import java.util.Map;

/**
 * Where a pod may run, by the rules that nobody may break; preferences are not here.
 *
 * @param nodeLabels what every label condition says together: node selector and the places of its volumes
 * @param affinity terms of which one must hold; empty for any node
 * @param apart pods that it does not stand beside
 * @param spread how evenly its like must be spread
 */
public record Placement(
        List<Requirement> nodeLabels,
        List<List<Requirement>> affinity,
        List<Toleration> tolerations,
        List<Apart> apart,
        List<Spread> spread) {
    public static final Placement ANYWHERE = new Placement(List.of(), List.of(), List.of(), List.of(), List.of());

    /** An empty key tolerates every taint, an empty effect every effect, an empty value with {@code exists} every value. */
    public record Toleration(String key, boolean exists, String value, String effect) {
        boolean tolerates(Taint taint) {
            boolean sameKey = key.isEmpty() ? exists : key.equals(taint.key());
            return sameKey
                    && (effect.isEmpty() || effect.equals(taint.effect()))
                    && (exists || value.equals(taint.value()));
        }
    }

    /** Required pod anti-affinity within the pod's own namespace. */
    public record Apart(String topologyKey, List<Requirement> selector) {}

    /** A topology spread that forbids scheduling. */
    public record Spread(String topologyKey, int maxSkew, List<Requirement> selector) {}

    /** Whether labels and taints of a node let the pod in. */
    boolean admits(Map<String, String> labels, List<Taint> taints) {
        return Requirement.all(nodeLabels, labels)
                && (affinity.isEmpty() || affinity.stream().anyMatch(term -> Requirement.all(term, labels)))
                && taints.stream()
                        .filter(taint -> !taint.effect().equals("PreferNoSchedule"))
                        .allMatch(taint -> tolerations.stream().anyMatch(one -> one.tolerates(taint)));
    }
}
