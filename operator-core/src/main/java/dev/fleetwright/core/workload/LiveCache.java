package dev.fleetwright.core.workload;

import dev.fleetwright.core.reconcile.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cache on an informer. It is thrown away with its connection, never repaired. */
final class LiveCache<X extends HasMetadata> implements ResourceCache<X>, AutoCloseable {

    private static final String INDEX = "by";

    private final SharedIndexInformer<X> informer;
    private volatile Instant lastAsked;

    LiveCache(
            ObjectKey cluster, KubernetesClient client, WatchedKind<X> kind, ConnectionListener listener, Instant now) {
        this.lastAsked = now;
        this.informer = client.resources(kind.kind()).inAnyNamespace().runnableInformer(0);
        informer.addIndexers(Map.of(INDEX, kind.index()));
        informer.exceptionHandler((started, error) -> true);
        informer.addEventHandler(new Handler<X>(cluster, informer, listener));
        informer.start().thenRun(() -> listener.connectionChanged(cluster));
    }

    boolean synced() {
        return informer.hasSynced();
    }

    void asked(Instant now) {
        lastAsked = now;
    }

    boolean idleSince(Instant limit) {
        return lastAsked.isBefore(limit);
    }

    @Override
    public Optional<X> get(String namespace, String name) {
        return Optional.ofNullable(
                informer.getStore().getByKey(Cache.namespaceKeyFunc(namespace.isEmpty() ? null : namespace, name)));
    }

    @Override
    public List<X> all() {
        return informer.getStore().list();
    }

    @Override
    public List<X> lookup(String key) {
        return informer.getIndexer().byIndex(INDEX, key);
    }

    @Override
    public void close() {
        informer.close();
    }

    /** Tells of changes after the first listing; the listing itself is told once, as a whole. */
    private record Handler<X extends HasMetadata>(
            ObjectKey cluster, SharedIndexInformer<X> informer, ConnectionListener listener)
            implements ResourceEventHandler<X> {
        @Override
        public void onAdd(X added) {
            changed(added);
        }

        @Override
        public void onUpdate(X before, X now) {
            changed(now);
        }

        @Override
        public void onDelete(X deleted, boolean finalStateUnknown) {
            changed(deleted);
        }

        private void changed(X object) {
            if (informer.hasSynced()) {
                listener.objectChanged(cluster, object);
            }
        }
    }
}
