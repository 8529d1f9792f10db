package dev.fleetwright.simulator.backend.local;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Local copies of a cluster's objects, one watch for each kind that somebody has asked for. Thread-safe. */
public final class Watches implements AutoCloseable {
    private final KubernetesClient client;
    private final Map<Class<?>, SharedIndexInformer<?>> informers = new HashMap<>();
    private boolean closed;

    Watches(KubernetesClient client) {
        this.client = client;
    }

    /** What there is of a kind; the first call waits for the watch to be in step. */
    public <T extends HasMetadata> List<T> all(Class<T> kind) {
        return informer(kind).getStore().list();
    }

    /** Tells of every object of the kind that there is, and of every one that comes, changes or goes. */
    public <T extends HasMetadata> void follow(Class<T> kind, Consumer<T> changed) {
        var _ = informer(kind).addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                changed.accept(object);
            }

            @Override
            public void onUpdate(T before, T after) {
                changed.accept(after);
            }

            @Override
            public void onDelete(T object, boolean unknown) {
                changed.accept(object);
            }
        });
    }

    // each informer is entered under the class of what it holds
    @SuppressWarnings("unchecked")
    private synchronized <T extends HasMetadata> SharedIndexInformer<T> informer(Class<T> kind) {
        if (closed) {
            throw new IllegalStateException("the cluster is gone");
        }
        return (SharedIndexInformer<T>) informers.computeIfAbsent(kind, _ -> start(kind));
    }

    private <T extends HasMetadata> SharedIndexInformer<T> start(Class<T> kind) {
        var objects = client.resources(kind);
        return Namespaced.class.isAssignableFrom(kind)
                ? objects.inAnyNamespace().inform()
                : objects.inform();
    }

    @Override
    public synchronized void close() {
        closed = true;
        informers.values().forEach(SharedIndexInformer::close);
    }
}
