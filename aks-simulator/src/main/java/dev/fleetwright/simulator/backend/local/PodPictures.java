package dev.fleetwright.simulator.backend.local;

import dev.fleetwright.simulator.autoscaler.Placement;
import dev.fleetwright.simulator.autoscaler.Placement.Apart;
import dev.fleetwright.simulator.autoscaler.Placement.Spread;
import dev.fleetwright.simulator.autoscaler.Placement.Toleration;
import dev.fleetwright.simulator.autoscaler.PodPicture;
import dev.fleetwright.simulator.autoscaler.PodPicture.Owner;
import dev.fleetwright.simulator.autoscaler.PodPicture.SafeToEvict;
import dev.fleetwright.simulator.autoscaler.Requirement;
import dev.fleetwright.simulator.autoscaler.Requirement.Operator;
import dev.fleetwright.simulator.autoscaler.Resources;
import dev.fleetwright.simulator.time.Timeline;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Pods as the autoscaler sees them. */
final class PodPictures {
    private static final String SAFE = "cluster-autoscaler.kubernetes.io/safe-to-evict";
    private static final String MIRROR = "kubernetes.io/config.mirror";

    private final Map<String, PersistentVolume> volumesByClaim;
    private final Timeline timeline;

    /** @param volumesByClaim by namespace/name of the claim */
    PodPictures(Map<String, PersistentVolume> volumesByClaim, Timeline timeline) {
        this.volumesByClaim = volumesByClaim;
        this.timeline = timeline;
    }

    static boolean unschedulable(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("PodScheduled")
                                && condition.getStatus().equals("False")
                                && "Unschedulable".equals(condition.getReason()));
    }

    PodPicture of(Pod pod) {
        Instant created = Instant.parse(pod.getMetadata().getCreationTimestamp());
        var annotations = annotations(pod);
        return new PodPicture(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.of()),
                requests(pod.getSpec()),
                placement(pod),
                owner(pod),
                timeline.azureTime(Duration.between(created, timeline.now())),
                pod.getSpec().getVolumes().stream()
                        .anyMatch(volume -> volume.getEmptyDir() != null || volume.getHostPath() != null),
                switch (annotations.getOrDefault(SAFE, "")) {
                    case "true" -> SafeToEvict.YES;
                    case "false" -> SafeToEvict.NO;
                    default -> SafeToEvict.UNSAID;
                });
    }

    private static Map<String, String> annotations(Pod pod) {
        return Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.of());
    }

    private static Owner owner(Pod pod) {
        if (annotations(pod).containsKey(MIRROR)) {
            return Owner.NODE;
        }
        var owners = pod.getMetadata().getOwnerReferences();
        if (owners.isEmpty()) {
            return Owner.NOBODY;
        }
        return owners.getFirst().getKind().equals("DaemonSet") ? Owner.DAEMON_SET : Owner.CONTROLLER;
    }

    /** The sum over the containers, or what the hungriest init container needs. */
    private static Resources requests(PodSpec spec) {
        var sum = new HashMap<String, Long>();
        spec.getContainers()
                .forEach(
                        container -> requests(container).forEach((name, amount) -> sum.merge(name, amount, Long::sum)));
        spec.getInitContainers()
                .forEach(
                        container -> requests(container).forEach((name, amount) -> sum.merge(name, amount, Math::max)));
        return Resources.ofPod(sum);
    }

    private static Map<String, Long> requests(Container container) {
        return container.getResources() == null
                ? Map.of()
                : Pictures.thousandths(container.getResources().getRequests());
    }

    private Placement placement(Pod pod) {
        PodSpec spec = pod.getSpec();
        var labels = new ArrayList<Requirement>();
        Objects.requireNonNullElse(spec.getNodeSelector(), Map.<String, String>of())
                .forEach((key, value) -> labels.add(Requirement.is(key, value)));
        spec.getVolumes().stream()
                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                .map(volume -> volumesByClaim.get(pod.getMetadata().getNamespace() + "/"
                        + volume.getPersistentVolumeClaim().getClaimName()))
                .forEach(volume -> labels.addAll(place(volume)));
        Affinity affinity = spec.getAffinity();
        return new Placement(
                labels,
                terms(affinity),
                spec.getTolerations().stream()
                        .map(one -> new Toleration(
                                orEmpty(one.getKey()),
                                "Exists".equals(one.getOperator()),
                                orEmpty(one.getValue()),
                                orEmpty(one.getEffect())))
                        .toList(),
                apart(affinity),
                spec.getTopologySpreadConstraints().stream()
                        .filter(one -> "DoNotSchedule".equals(one.getWhenUnsatisfiable()))
                        .map(one ->
                                new Spread(one.getTopologyKey(), one.getMaxSkew(), selector(one.getLabelSelector())))
                        .toList());
    }

    private static List<Requirement> place(@Nullable PersistentVolume volume) {
        if (volume == null || volume.getSpec().getNodeAffinity() == null) {
            return List.of();
        }
        var terms = volume.getSpec().getNodeAffinity().getRequired().getNodeSelectorTerms();
        return terms.isEmpty() ? List.of() : term(terms.getFirst());
    }

    private static List<List<Requirement>> terms(@Nullable Affinity affinity) {
        if (affinity == null
                || affinity.getNodeAffinity() == null
                || affinity.getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution() == null) {
            return List.of();
        }
        return affinity
                .getNodeAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution()
                .getNodeSelectorTerms()
                .stream()
                .map(PodPictures::term)
                .toList();
    }

    private static List<Requirement> term(NodeSelectorTerm term) {
        return term.getMatchExpressions().stream().map(PodPictures::requirement).toList();
    }

    private static Requirement requirement(NodeSelectorRequirement one) {
        return new Requirement(one.getKey(), operator(one.getOperator()), one.getValues());
    }

    private static List<Apart> apart(@Nullable Affinity affinity) {
        return affinity == null || affinity.getPodAntiAffinity() == null
                ? List.of()
                : affinity.getPodAntiAffinity().getRequiredDuringSchedulingIgnoredDuringExecution().stream()
                        .map((PodAffinityTerm one) -> new Apart(one.getTopologyKey(), selector(one.getLabelSelector())))
                        .toList();
    }

    /** All conditions of a selector; without one nothing is selected. */
    static List<Requirement> selector(@Nullable LabelSelector selector) {
        if (selector == null) {
            return List.of(new Requirement("kubernetes.io/nothing", Operator.EXISTS, List.of()));
        }
        var requirements = new ArrayList<Requirement>();
        Objects.requireNonNullElse(selector.getMatchLabels(), Map.<String, String>of())
                .forEach((key, value) -> requirements.add(Requirement.is(key, value)));
        selector.getMatchExpressions()
                .forEach(one ->
                        requirements.add(new Requirement(one.getKey(), operator(one.getOperator()), one.getValues())));
        return requirements;
    }

    private static Operator operator(String name) {
        return switch (name) {
            case "In" -> Operator.IN;
            case "NotIn" -> Operator.NOT_IN;
            case "Exists" -> Operator.EXISTS;
            case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
            case "Gt" -> Operator.GT;
            case "Lt" -> Operator.LT;
            default -> throw new IllegalArgumentException("no such operator: " + name);
        };
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
