package dev.fleetwright.nodepool.controller;

import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import dev.fleetwright.api.v1alpha1.ObjectRef;
import dev.fleetwright.core.reconcile.ObjectKey;
import dev.fleetwright.core.reconcile.Trigger;
import dev.fleetwright.core.workload.ConnectionListener;
import dev.fleetwright.nodepool.plan.Records;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which change wakes whom. Nothing here polls. */
final class Wakes implements ConnectionListener {
    private final Caches caches;
    private final Trigger nodepools;
    private final Trigger records;
    private final Debounce debounce;

    Wakes(Caches caches, Trigger nodepools, Trigger records, Debounce debounce) {
        this.caches = caches;
        this.nodepools = nodepools;
        this.records = records;
        this.debounce = debounce;
    }

    void wire() {
        caches.clusters().wakes(nodepools, cluster -> nodepoolsOf(ObjectKey.of(cluster)));
        caches.clusters().wakes(records, cluster -> recordsOf(ObjectKey.of(cluster)));
        caches.controlPlanes()
                .wakes(
                        nodepools,
                        plane -> nodepoolsOf(
                                in(plane, plane.getSpec().clusterRef().name())));
        caches.pools().wakes(nodepools, pool -> nodepool(pool, pool.getSpec().nodepoolRef()));
        caches.pools().wakes(records, pool -> {
            ObjectRef ref = pool.getSpec().nodepoolRef();
            return ref == null ? List.of() : unfinished(caches.recordsOf(ref.uid()));
        });
        caches.nodepools()
                .wakes(
                        records,
                        nodepool -> unfinished(
                                caches.recordsOf(nodepool.getMetadata().getUid())));
        caches.records()
                .wakes(nodepools, record -> nodepool(record, record.getSpec().nodepoolRef()));
        caches.records()
                .wakes(
                        records,
                        record ->
                                waiting(in(record, record.getSpec().clusterRef().name()), record));
    }

    @Override
    public void connectionChanged(ObjectKey cluster) {
        recordsOf(cluster).forEach(records::wake);
    }

    @Override
    public void objectChanged(ObjectKey cluster, HasMetadata object) {
        for (NodepoolReplacement record : caches.recordsIn(cluster)) {
            if (Records.begun(record)) {
                ObjectKey key = ObjectKey.of(record);
                debounce.soon(key, () -> records.wake(key));
            }
        }
    }

    /** Records that wait for their turn, when one before them may have ended. */
    private Collection<ObjectKey> waiting(ObjectKey cluster, NodepoolReplacement changed) {
        if (!Records.finished(changed) && changed.getMetadata().getDeletionTimestamp() == null) {
            return List.of();
        }
        return caches.recordsIn(cluster).stream()
                .filter(record -> !Records.finished(record) && !Records.begun(record))
                .map(ObjectKey::of)
                .toList();
    }

    private Collection<ObjectKey> recordsOf(ObjectKey cluster) {
        return unfinished(caches.recordsIn(cluster));
    }

    private static Collection<ObjectKey> unfinished(List<NodepoolReplacement> records) {
        return records.stream()
                .filter(record -> !Records.finished(record))
                .map(ObjectKey::of)
                .toList();
    }

    private Collection<ObjectKey> nodepoolsOf(ObjectKey cluster) {
        return caches.nodepoolsIn(cluster).stream().map(ObjectKey::of).toList();
    }

    private static Collection<ObjectKey> nodepool(HasMetadata object, @Nullable ObjectRef ref) {
        return new ArrayList<>(Stream.ofNullable(ref)
                .map(r -> new ObjectKey(object.getMetadata().getNamespace(), r.name()))
                .toList());
    }

    private static ObjectKey in(HasMetadata object, String cluster) {
        return new ObjectKey(object.getMetadata().getNamespace(), cluster);
    }
}
