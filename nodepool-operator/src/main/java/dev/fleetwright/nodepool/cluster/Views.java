package dev.fleetwright.nodepool.cluster;

import dev.fleetwright.nodepool.drain.BudgetView;
import dev.fleetwright.nodepool.drain.PodView;
import dev.fleetwright.nodepool.drain.Selector;
import dev.fleetwright.nodepool.node.NodeView;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Kubernetes objects as the engine reads them. Fields that are absent get the value the API server gives them. */
public final class Views {
    private static final int DEFAULT_GRACE_SECONDS = 30;
    private static final Set<String> SYSTEM_PRIORITIES = Set.of("system-cluster-critical", "system-node-critical");
    private static final String MIRROR = "kubernetes.io/config.mirror";

    private Views() {}

    public static PodView of(Pod pod) {
        ObjectMeta meta = pod.getMetadata();
        PodSpec spec = pod.getSpec();
        var status = Optional.ofNullable(pod.getStatus());
        return new PodView(
                meta.getNamespace(),
                meta.getName(),
                meta.getUid(),
                Objects.requireNonNullElse(spec.getNodeName(), ""),
                orEmpty(meta.getLabels()),
                owner(meta),
                status.map(s -> s.getPhase()).orElse("Pending"),
                status.map(s -> s.getConditions()).orElse(List.of()).stream()
                        .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus())),
                meta.getDeletionTimestamp() == null ? null : Instant.parse(meta.getDeletionTimestamp()),
                Optional.ofNullable(spec.getTerminationGracePeriodSeconds())
                        .map(Long::intValue)
                        .orElse(DEFAULT_GRACE_SECONDS),
                spec.getPriorityClassName() != null && SYSTEM_PRIORITIES.contains(spec.getPriorityClassName()),
                orEmpty(meta.getAnnotations()).containsKey(MIRROR));
    }

    public static NodeView of(Node node) {
        ObjectMeta meta = node.getMetadata();
        var spec = node.getSpec();
        var conditions = Optional.ofNullable(node.getStatus())
                .map(s -> s.getConditions())
                .orElse(List.of());
        return new NodeView(
                meta.getName(),
                meta.getUid(),
                Objects.requireNonNullElse(spec.getProviderID(), ""),
                orEmpty(meta.getLabels()),
                orEmpty(meta.getAnnotations()),
                Optional.ofNullable(spec.getTaints()).orElse(List.of()).stream()
                        .map(t -> new NodeView.Taint(
                                t.getKey(), Objects.requireNonNullElse(t.getValue(), ""), t.getEffect()))
                        .toList(),
                conditions.stream().anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus())),
                Boolean.TRUE.equals(spec.getUnschedulable()));
    }

    public static BudgetView of(PodDisruptionBudget budget) {
        ObjectMeta meta = budget.getMetadata();
        PodDisruptionBudgetStatus status =
                Objects.requireNonNullElseGet(budget.getStatus(), PodDisruptionBudgetStatus::new);
        return new BudgetView(
                meta.getNamespace(),
                meta.getName(),
                meta.getResourceVersion(),
                selector(budget.getSpec().getSelector()),
                number(status, PodDisruptionBudgetStatus::getDisruptionsAllowed),
                number(status, PodDisruptionBudgetStatus::getDesiredHealthy),
                number(status, PodDisruptionBudgetStatus::getCurrentHealthy),
                number(status, PodDisruptionBudgetStatus::getExpectedPods),
                status.getObservedGeneration() != null && status.getObservedGeneration() >= meta.getGeneration(),
                "AlwaysAllow".equals(budget.getSpec().getUnhealthyPodEvictionPolicy()),
                status.getDisruptedPods() == null
                        ? Set.of()
                        : status.getDisruptedPods().keySet());
    }

    private static int number(
            PodDisruptionBudgetStatus status, Function<PodDisruptionBudgetStatus, @Nullable Integer> field) {
        return Objects.requireNonNullElse(field.apply(status), 0);
    }

    private static PodView.@Nullable Owner owner(ObjectMeta meta) {
        return Optional.ofNullable(meta.getOwnerReferences()).orElse(List.of()).stream()
                .filter(reference -> Boolean.TRUE.equals(reference.getController()))
                .findFirst()
                .map(Views::owner)
                .orElse(null);
    }

    private static PodView.Owner owner(OwnerReference reference) {
        return new PodView.Owner(reference.getKind(), reference.getName(), reference.getUid());
    }

    private static Selector selector(@Nullable LabelSelector selector) {
        if (selector == null) {
            return new Selector(true, Map.of(), List.of());
        }
        return new Selector(
                false,
                orEmpty(selector.getMatchLabels()),
                Optional.ofNullable(selector.getMatchExpressions()).orElse(List.of()).stream()
                        .map(Views::requirement)
                        .toList());
    }

    private static Selector.Requirement requirement(LabelSelectorRequirement requirement) {
        return new Selector.Requirement(
                requirement.getKey(),
                requirement.getOperator(),
                Objects.requireNonNullElse(requirement.getValues(), List.of()));
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
