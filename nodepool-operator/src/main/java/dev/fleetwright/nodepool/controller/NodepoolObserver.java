package dev.fleetwright.nodepool.controller;

import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.Nodepool;
import dev.fleetwright.api.v1alpha1.NodepoolStatus;
import dev.fleetwright.core.reconcile.ObjectKey;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.nodepool.plan.NodepoolSituation;
import java.util.Optional;
import java.util.stream.Collectors;

/** Collects what is decided on about a Nodepool. */
record NodepoolObserver(Caches caches) {
    NodepoolSituation observe(Pass<Nodepool, NodepoolStatus> pass) {
        Nodepool nodepool = pass.resource();
        ObjectKey key = clusterOf(nodepool);
        Optional<Cluster> cluster = caches.cluster(key);
        return new NodepoolSituation(
                nodepool,
                cluster.isPresent(),
                cluster.map(c -> c.getMetadata().getDeletionTimestamp() != null).orElse(false),
                caches.paused(nodepool, cluster)
                        || Boolean.TRUE.equals(nodepool.getSpec().paused()),
                caches.controlPlane(key).orElse(null),
                caches.poolsOf(pass.uid()),
                caches.recordsOf(pass.uid()),
                caches.poolsIn(key).stream().map(pool -> pool.getSpec().name()).collect(Collectors.toSet()));
    }

    static ObjectKey clusterOf(Nodepool nodepool) {
        return new ObjectKey(
                nodepool.getMetadata().getNamespace(),
                nodepool.getSpec().clusterRef().name());
    }
}
