package dev.fleetwright.nodepool.cluster;

import dev.fleetwright.core.workload.WorkloadCluster;
import dev.fleetwright.nodepool.drain.PodView;
import dev.fleetwright.nodepool.replacement.Fanout;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many pods ReplicaSets and StatefulSets want, looked up one by one and kept for a short time. Only asked for owners
 * whose pods no budget protects, and for StatefulSets: the others' budgets say it all.
 */
public final class OwnerSizes {
    private static final Duration FRESH = Duration.ofSeconds(15);

    /** What is not looked up in this pass is estimated from the owner's pods, and looked up in the next. */
    private static final int MOST_PER_PASS = 50;

    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Fanout fanout;

    public OwnerSizes(Fanout fanout) {
        this.fanout = fanout;
    }

    /** Wanted pods by owner uid, for the owners of these pods. */
    public Map<String, Integer> of(WorkloadCluster cluster, Collection<PodView> pods, Instant now) {
        known.values().removeIf(size -> size.at().plus(FRESH.multipliedBy(4)).isBefore(now));
        Map<String, PodView> byOwner = new LinkedHashMap<>();
        for (PodView pod : pods) {
            PodView.Owner owner = pod.owner();
            if (owner != null && List.of("ReplicaSet", "StatefulSet").contains(owner.kind())) {
                byOwner.putIfAbsent(owner.uid(), pod);
            }
        }
        List<PodView> stale = byOwner.entrySet().stream()
                .filter(e -> !fresh(e.getKey(), now))
                .map(Map.Entry::getValue)
                .limit(MOST_PER_PASS)
                .toList();
        fanout.each(stale, pod -> lookUp(cluster, pod, now));
        Map<String, Integer> sizes = new HashMap<>();
        for (String uid : byOwner.keySet()) {
            Optional.ofNullable(known.get(uid)).ifPresent(size -> sizes.put(uid, size.pods()));
        }
        return sizes;
    }

    private boolean fresh(String uid, Instant now) {
        Known size = known.get(uid);
        return size != null && now.isBefore(size.at().plus(FRESH));
    }

    private void lookUp(WorkloadCluster cluster, PodView pod, Instant now) {
        PodView.Owner owner = pod.owner();
        if (owner != null) {
            int size = cluster.call(client -> owner.kind().equals("StatefulSet")
                    ? Optional.ofNullable(client.apps()
                                    .statefulSets()
                                    .inNamespace(pod.namespace())
                                    .withName(owner.name())
                                    .get())
                            .map(set -> set.getSpec().getReplicas())
                            .orElse(0)
                    : Optional.ofNullable(client.apps()
                                    .replicaSets()
                                    .inNamespace(pod.namespace())
                                    .withName(owner.name())
                                    .get())
                            .map(set -> set.getSpec().getReplicas())
                            .orElse(0));
            known.put(owner.uid(), new Known(size, now));
        }
    }

    private record Known(int pods, Instant at) {}
}
