package dev.fleetwright.companion.anchor;

import dev.fleetwright.core.reconcile.ObjectKey;
import dev.fleetwright.core.reconcile.Watch;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Passes on only those changes of a watched object that alter certain facts about it.
 *
 * <p>A control plane's status changes every few seconds while Azure works on it; a pass over each of its role
 * assignments at each such change would ask Azure the same question again and again.
 *
 * @param <X> what is watched
 */
public final class WhenChanged<X extends HasMetadata> implements Consumer<X> {
    private final Watch<X> watch;
    private final Function<X, ?> facts;
    private final Consumer<X> then;
    private final Map<ObjectKey, Object> seen = new ConcurrentHashMap<>();

    /**
     * @param facts a value with equals; never null
     * @param then told of an object that is new, whose facts changed, or that is gone
     */
    public WhenChanged(Watch<X> watch, Function<X, ?> facts, Consumer<X> then) {
        this.watch = watch;
        this.facts = facts;
        this.then = then;
    }

    @Override
    public void accept(X object) {
        var key = ObjectKey.of(object);
        if (watch.get(key).isEmpty()) {
            seen.remove(key);
            then.accept(object);
            return;
        }
        var now = facts.apply(object);
        if (!Objects.equals(seen.put(key, now), now)) {
            then.accept(object);
        }
    }
}
