package dev.fleetwright.core.workload;

import java.util.List;
import java.util.Optional;

/** A synced cache of one kind. The objects belong to the cache and must not be changed. */
public interface ResourceCache<X> {

    /** The object of that name; the namespace is empty for kinds without one. */
    Optional<X> get(String namespace, String name);

    List<X> all();

    /** What the index of the {@link WatchedKind} files under that key. */
    List<X> lookup(String key);
}
