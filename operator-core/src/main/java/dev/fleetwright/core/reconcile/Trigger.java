package dev.fleetwright.core.reconcile;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Wakes objects of one kind from outside: from watches of other kinds, from workload clusters, from inventories.
 * A call before the controller runs is not needed and does nothing, since every object gets a pass at the start.
 * Any thread may call, as often as it likes: a wake while the object is in work means one more pass after it.
 */
public final class Trigger {

    private final Set<ObjectKey> retries = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Consumer<ObjectKey> target;

    /** Something the object depends on changed. An error that is held back (throttling, quota) stays held back. */
    public void wake(ObjectKey key) {
        var bound = target;
        if (bound != null) {
            bound.accept(key);
        }
    }

    /** What may have made the object fail changed (a Secret, an identity, a reference): the next try is now. */
    public void retryNow(ObjectKey key) {
        if (target != null) {
            retries.add(key);
            wake(key);
        }
    }

    void bind(Consumer<ObjectKey> newTarget) {
        target = newTarget;
    }

    boolean takeRetry(ObjectKey key) {
        return retries.remove(key);
    }
}
