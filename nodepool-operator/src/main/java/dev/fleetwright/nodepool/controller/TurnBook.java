package dev.fleetwright.nodepool.controller;

import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import dev.fleetwright.core.reconcile.ObjectKey;
import dev.fleetwright.nodepool.plan.PoolState;
import dev.fleetwright.nodepool.plan.Records;
import dev.fleetwright.nodepool.plan.Turns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who replaces in a cluster now. The records say it; what this process has granted counts before the cache shows it, so that
 * two records never begin side by side.
 */
final class TurnBook {
    private final Caches caches;
    private final Map<ObjectKey, String> granted = new HashMap<>();

    TurnBook(Caches caches) {
        this.caches = caches;
    }

    /** Who is ahead, for people; empty when it is this record's turn, which is granted by that. */
    synchronized Optional<String> ahead(NodepoolReplacement record, ObjectKey cluster) {
        List<NodepoolReplacement> unfinished = caches.recordsIn(cluster).stream()
                .filter(r -> !Records.finished(r))
                .toList();
        Optional<NodepoolReplacement> first =
                Turns.ahead(record, unfinished.stream().map(this::entry).toList(), granted.getOrDefault(cluster, ""));
        if (first.isEmpty()) {
            granted.put(cluster, record.getMetadata().getUid());
        }
        return first.map(r -> "one Nodepool of a cluster at a time: "
                + r.getSpec().nodepoolRef().name() + " is ahead ("
                + r.getMetadata().getName() + ")");
    }

    private Turns.Entry entry(NodepoolReplacement record) {
        long live = caches.poolsOf(record.getSpec().nodepoolRef().uid()).stream()
                .filter(pool -> !PoolState.deleting(pool))
                .count();
        return new Turns.Entry(record, live > 1);
    }
}
