package dev.fleetwright.core.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A cache of objects of one kind in the management cluster, shared by all controllers of the process, whose changes
 * wake objects of other kinds. It never dies: an object that cannot be read is logged and the watch goes on.
 *
 * @param <X> what is watched
 */
public final class Watch<X extends HasMetadata> implements AutoCloseable {

    private static final String INDEX = "by";

    private final Class<X> kind;
    private final List<SharedIndexInformer<X>> informers;
    private final List<Consumer<X>> listeners = new CopyOnWriteArrayList<>();

    /**
     * A cache that does nothing until it is started.
     *
     * @param labelSelector for example {@code cluster.x-k8s.io/cluster-name}; empty selects all
     * @param namespaces watched; empty means all
     * @param index keys under which {@link #lookup} finds an object
     */
    public Watch(
            KubernetesClient client,
            Class<X> kind,
            String labelSelector,
            Set<String> namespaces,
            Function<X, List<String>> index) {
        this.kind = kind;
        this.informers = namespaces.isEmpty()
                ? List.of(informer(
                        client.resources(kind)
                                .inAnyNamespace()
                                .withLabelSelector(labelSelector)
                                .runnableInformer(0),
                        index))
                : namespaces.stream()
                        .map(namespace -> informer(
                                client.resources(kind)
                                        .inNamespace(namespace)
                                        .withLabelSelector(labelSelector)
                                        .runnableInformer(0),
                                index))
                        .toList();
    }

    private SharedIndexInformer<X> informer(SharedIndexInformer<X> informer, Function<X, List<String>> index) {
        informer.addIndexers(Map.of(INDEX, index));
        informer.exceptionHandler((started, error) -> true);
        informer.addEventHandler(new Handler());
        return informer;
    }

    /** Changes of what is watched wake the objects named; held-back errors stay held back. */
    public Watch<X> wakes(Trigger trigger, Function<? super X, ? extends Collection<ObjectKey>> targets) {
        listeners.add(changed -> targets.apply(changed).forEach(trigger::wake));
        return this;
    }

    /** Like {@link #wakes}, for what may be the cure of an error: the objects named are tried at once. */
    public Watch<X> retries(Trigger trigger, Function<? super X, ? extends Collection<ObjectKey>> targets) {
        listeners.add(changed -> targets.apply(changed).forEach(trigger::retryNow));
        return this;
    }

    /** Called with every added, changed or deleted object, in the order of the watch; must not block. */
    public Watch<X> listen(Consumer<X> listener) {
        listeners.add(listener);
        return this;
    }

    public Optional<X> get(ObjectKey key) {
        return informers.stream()
                .map(informer -> informer.getStore().getByKey(Cache.namespaceKeyFunc(key.namespace(), key.name())))
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    /** Everything watched; the objects belong to the cache and must not be changed. */
    public List<X> all() {
        return informers.stream()
                .flatMap(informer -> informer.getStore().list().stream())
                .toList();
    }

    /** What the index files under that key. */
    public List<X> lookup(String key) {
        return informers.stream()
                .flatMap(informer -> informer.getIndexer().byIndex(INDEX, key).stream())
                .toList();
    }

    /** Whether the first listing is in; before that, absence means nothing. */
    public boolean synced() {
        return informers.stream().allMatch(SharedIndexInformer::hasSynced);
    }

    public String kindName() {
        return kind.getSimpleName();
    }

    /** Begins to list and watch; returns at once. */
    public void start() {
        informers.forEach(SharedIndexInformer::start);
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
    }

    private final class Handler implements ResourceEventHandler<X> {
        @Override
        public void onAdd(X added) {
            changed(added);
        }

        @Override
        public void onUpdate(X before, X now) {
            changed(now);
            if (!Objects.equals(
                    before.getMetadata().getLabels(), now.getMetadata().getLabels())) {
                changed(before); // what the old labels pointed at has to know, too
            }
        }

        @Override
        public void onDelete(X deleted, boolean finalStateUnknown) {
            changed(deleted);
        }

        private void changed(X object) {
            listeners.forEach(listener -> listener.accept(object));
        }
    }
}
