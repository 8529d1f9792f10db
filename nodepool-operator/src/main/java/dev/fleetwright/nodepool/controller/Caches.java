package dev.fleetwright.nodepool.controller;

import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.Nodepool;
import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import dev.fleetwright.api.v1alpha1.ObjectRef;
import dev.fleetwright.core.process.OperatorProcess;
import dev.fleetwright.core.reconcile.ObjectKey;
import dev.fleetwright.core.reconcile.Watch;
import dev.fleetwright.nodepool.plan.Names;
import dev.fleetwright.nodepool.plan.PoolState;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the management cluster holds, by the links between the kinds. One cache of each kind for both controllers. */
record Caches(
        Watch<Cluster> clusters,
        Watch<ManagedControlPlane> controlPlanes,
        Watch<MachinePool> pools,
        Watch<Nodepool> nodepools,
        Watch<NodepoolReplacement> records) {
    static Caches of(OperatorProcess process) {
        return new Caches(
                process.watch(Cluster.class),
                process.watch(
                        ManagedControlPlane.class,
                        "",
                        plane -> List.of(
                                inCluster(plane, plane.getSpec().clusterRef().name()))),
                process.watch(
                        MachinePool.class,
                        "",
                        pool -> List.of(
                                inCluster(pool, pool.getSpec().clusterRef().name()),
                                ofNodepool(pool.getSpec().nodepoolRef()))),
                process.watch(
                        Nodepool.class,
                        "",
                        nodepool -> List.of(inCluster(
                                nodepool, nodepool.getSpec().clusterRef().name()))),
                process.watch(
                        NodepoolReplacement.class,
                        "",
                        record -> List.of(
                                inCluster(record, record.getSpec().clusterRef().name()),
                                ofNodepool(record.getSpec().nodepoolRef()))));
    }

    /** Pools of this very Nodepool, a successor of the same name excluded; oldest generation first. */
    List<MachinePool> poolsOf(@Nullable String nodepoolUid) {
        return pools.lookup("nodepool/" + nodepoolUid).stream()
                .sorted(Comparator.comparingLong(PoolState::generation)
                        .thenComparing(pool -> pool.getMetadata().getName()))
                .toList();
    }

    List<NodepoolReplacement> recordsOf(@Nullable String nodepoolUid) {
        return records.lookup("nodepool/" + nodepoolUid);
    }

    List<MachinePool> poolsIn(ObjectKey cluster) {
        return pools.lookup("cluster/" + cluster);
    }

    List<NodepoolReplacement> recordsIn(ObjectKey cluster) {
        return records.lookup("cluster/" + cluster);
    }

    List<Nodepool> nodepoolsIn(ObjectKey cluster) {
        return nodepools.lookup("cluster/" + cluster);
    }

    Optional<Cluster> cluster(ObjectKey key) {
        return clusters.get(key);
    }

    Optional<ManagedControlPlane> controlPlane(ObjectKey cluster) {
        return controlPlanes.lookup("cluster/" + cluster).stream()
                .min(Comparator.comparing(plane -> plane.getMetadata().getName()));
    }

    Optional<Nodepool> nodepool(String namespace, ObjectRef ref) {
        return nodepools
                .get(new ObjectKey(namespace, ref.name()))
                .filter(found -> Objects.equals(found.getMetadata().getUid(), ref.uid()));
    }

    /** True when the object or its Cluster says that nothing is to be written. */
    boolean paused(HasMetadata object, Optional<Cluster> cluster) {
        return annotated(object)
                || cluster.filter(c ->
                                annotated(c) || Boolean.TRUE.equals(c.getSpec().paused()))
                        .isPresent();
    }

    private static boolean annotated(HasMetadata object) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations != null
                && (annotations.containsKey(Names.PAUSED) || annotations.containsKey("cluster.x-k8s.io/paused"));
    }

    private static String inCluster(HasMetadata object, String cluster) {
        return "cluster/" + new ObjectKey(object.getMetadata().getNamespace(), cluster);
    }

    private static String ofNodepool(@Nullable ObjectRef ref) {
        return "nodepool/" + (ref == null ? "" : ref.uid());
    }
}
