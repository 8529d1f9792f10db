package dev.fleetwright.nodepool.cluster;

import dev.fleetwright.core.workload.ResourceCache;
import dev.fleetwright.core.workload.WatchedKind;
import dev.fleetwright.core.workload.WorkloadCluster;
import dev.fleetwright.nodepool.drain.BudgetView;
import dev.fleetwright.nodepool.drain.PodView;
import dev.fleetwright.nodepool.replacement.Workload;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the caches of a workload cluster. */
public final class WorkloadReader {
    private final OwnerSizes sizes;

    public WorkloadReader(OwnerSizes sizes) {
        this.sizes = sizes;
    }

    /**
     * What the caches show; empty until all of them are complete: a part is never taken for the whole.
     *
     * @param drained names of nodes whose pods are moved now
     */
    public Optional<Workload> read(WorkloadCluster cluster, Set<String> drained, Instant now) {
        var nodes = all(cluster, WatchedKind.NODES);
        var pods = all(cluster, WatchedKind.PODS);
        var budgets = all(cluster, WatchedKind.POD_DISRUPTION_BUDGETS);
        var attachments = all(cluster, WatchedKind.VOLUME_ATTACHMENTS);
        if (nodes.isEmpty() || pods.isEmpty() || budgets.isEmpty() || attachments.isEmpty()) {
            return Optional.empty();
        }
        List<PodView> podViews = pods.get().stream().map(Views::of).toList();
        List<BudgetView> budgetViews = budgets.get().stream().map(Views::of).toList();
        Map<String, List<BudgetView>> byNamespace =
                budgetViews.stream().collect(Collectors.groupingBy(BudgetView::namespace));
        List<PodView> asked = podViews.stream()
                .filter(pod -> drained.contains(pod.node()) && !pod.finished())
                .filter(pod -> needsSize(pod, byNamespace.getOrDefault(pod.namespace(), List.of())))
                .toList();
        return Optional.of(new Workload(
                nodes.get().stream().map(Views::of).toList(),
                podViews,
                budgetViews,
                attachments.get().stream()
                        .map(attachment -> attachment.getSpec().getNodeName())
                        .collect(Collectors.toSet()),
                sizes.of(cluster, asked, now)));
    }

    private static boolean needsSize(PodView pod, List<BudgetView> budgets) {
        PodView.Owner owner = pod.owner();
        return owner != null
                && (owner.kind().equals("StatefulSet") || budgets.stream().noneMatch(b -> b.covers(pod)));
    }

    private static <X extends HasMetadata> Optional<List<X>> all(WorkloadCluster cluster, WatchedKind<X> kind) {
        return cluster.cache(kind).map(ResourceCache::all);
    }
}
