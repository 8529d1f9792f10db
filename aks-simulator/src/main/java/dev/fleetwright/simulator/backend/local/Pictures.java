package dev.fleetwright.simulator.backend.local;

import dev.fleetwright.simulator.autoscaler.ClusterPicture;
import dev.fleetwright.simulator.autoscaler.ClusterPicture.Budget;
import dev.fleetwright.simulator.autoscaler.ClusterPicture.Priority;
import dev.fleetwright.simulator.autoscaler.NodePicture;
import dev.fleetwright.simulator.autoscaler.PodPicture;
import dev.fleetwright.simulator.autoscaler.Resources;
import dev.fleetwright.simulator.autoscaler.Taint;
import dev.fleetwright.simulator.time.Timeline;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the cluster autoscaler sees: pictures from the local copies of a cluster's objects. */
final class Pictures {
    private static final String GROUP = "kubernetes.azure.com/agentpool";
    private static final String KEPT = "cluster-autoscaler.kubernetes.io/scale-down-disabled";
    private static final String PRIORITIES = "cluster-autoscaler-priority-expander";

    /**
     * Taints of a node that is starting. They go by themselves, a moment after the node is ready too: such a node is on its
     * way, and no reason for another one.
     */
    private static final Set<String> STARTING = Set.of(
            "node.kubernetes.io/not-ready",
            "node.kubernetes.io/network-unavailable",
            "node.cloudprovider.kubernetes.io/uninitialized");

    private final Watches watches;
    private final Timeline timeline;

    Pictures(Watches watches, Timeline timeline) {
        this.watches = watches;
        this.timeline = timeline;
    }

    ClusterPicture now() {
        var pods = new PodPictures(volumes(), timeline);
        Map<String, List<PodPicture>> byNode = new HashMap<>();
        var pending = new ArrayList<PodPicture>();
        var daemons = new LinkedHashMap<String, PodPicture>();
        for (Pod pod : watches.all(Pod.class)) {
            if (List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase())) {
                continue;
            }
            PodPicture picture = pods.of(pod);
            if (pod.getSpec().getNodeName() != null) {
                byNode.computeIfAbsent(pod.getSpec().getNodeName(), _ -> new ArrayList<>())
                        .add(picture);
            } else if (PodPictures.unschedulable(pod)) {
                pending.add(picture);
            }
            if (picture.owner() == PodPicture.Owner.DAEMON_SET) {
                daemons.putIfAbsent(
                        pod.getMetadata().getOwnerReferences().getFirst().getUid(), picture);
            }
        }
        pending.removeIf(picture -> picture.owner() == PodPicture.Owner.DAEMON_SET);
        return new ClusterPicture(
                watches.all(Node.class).stream()
                        .map(node -> node(
                                node, byNode.getOrDefault(node.getMetadata().getName(), List.of())))
                        .toList(),
                pending,
                List.copyOf(daemons.values()),
                watches.all(PodDisruptionBudget.class).stream()
                        .map(Pictures::budget)
                        .toList(),
                priorities());
    }

    /** Volumes by the claim that they are bound to, namespace/name. */
    private Map<String, PersistentVolume> volumes() {
        Map<String, PersistentVolume> byName = watches.all(PersistentVolume.class).stream()
                .collect(Collectors.toMap(volume -> volume.getMetadata().getName(), volume -> volume, (a, b) -> b));
        var byClaim = new HashMap<String, PersistentVolume>();
        for (PersistentVolumeClaim claim : watches.all(PersistentVolumeClaim.class)) {
            var volume = byName.get(Objects.requireNonNullElse(claim.getSpec().getVolumeName(), ""));
            if (volume != null) {
                byClaim.put(
                        claim.getMetadata().getNamespace() + "/"
                                + claim.getMetadata().getName(),
                        volume);
            }
        }
        return byClaim;
    }

    private NodePicture node(Node node, List<PodPicture> pods) {
        Optional<NodeCondition> ready = node.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("Ready"))
                .findFirst();
        boolean isReady =
                ready.filter(condition -> condition.getStatus().equals("True")).isPresent();
        Instant since = Instant.parse(ready.filter(_ -> !isReady)
                .map(NodeCondition::getLastTransitionTime)
                .orElse(node.getMetadata().getCreationTimestamp()));
        var labels = Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.<String, String>of());
        var annotations = Objects.requireNonNullElse(node.getMetadata().getAnnotations(), Map.<String, String>of());
        return new NodePicture(
                node.getMetadata().getName(),
                labels.getOrDefault(GROUP, ""),
                labels,
                node.getSpec().getTaints().stream()
                        .filter(taint -> !STARTING.contains(taint.getKey()))
                        .map(taint -> new Taint(
                                taint.getKey(), Objects.requireNonNullElse(taint.getValue(), ""), taint.getEffect()))
                        .toList(),
                new Resources(thousandths(node.getStatus().getAllocatable())),
                isReady,
                isReady ? Duration.ZERO : timeline.azureTime(Duration.between(since, timeline.now())),
                Boolean.TRUE.equals(node.getSpec().getUnschedulable()),
                Boolean.parseBoolean(annotations.getOrDefault(KEPT, "false")),
                pods);
    }

    static Map<String, Long> thousandths(Map<String, Quantity> quantities) {
        var amounts = new HashMap<String, Long>();
        if (quantities != null) {
            quantities.forEach((name, quantity) -> amounts.put(
                    name, Quantity.getAmountInBytes(quantity).movePointRight(3).longValue()));
        }
        return amounts;
    }

    private static Budget budget(PodDisruptionBudget budget) {
        int allowed = budget.getStatus() == null || budget.getStatus().getDisruptionsAllowed() == null
                ? 0
                : budget.getStatus().getDisruptionsAllowed();
        return new Budget(
                budget.getMetadata().getNamespace(),
                PodPictures.selector(budget.getSpec().getSelector()),
                allowed);
    }

    private List<Priority> priorities() {
        return watches.all(ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().equals(PRIORITIES)
                        && map.getMetadata().getNamespace().equals("kube-system"))
                .findFirst()
                .map(map -> readPriorities(map.getData().getOrDefault("priorities", "")))
                .orElse(List.of());
    }

    private static List<Priority> readPriorities(String yaml) {
        Map<?, ?> rows = yaml.isBlank() ? Map.of() : Serialization.unmarshal(yaml, Map.class);
        var priorities = new ArrayList<Priority>();
        rows.forEach((priority, patterns) -> priorities.add(new Priority(
                Integer.parseInt(priority.toString()),
                patterns instanceof List<?> list
                        ? list.stream().map(Object::toString).toList()
                        : List.of())));
        return priorities;
    }
}
