package dev.fleetwright.core.workload;

import dev.fleetwright.core.reconcile.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** Is told what happens in workload clusters, most often to wake a reconcile. Must not block. */
public interface ConnectionListener {

    /** The cluster was connected or lost, or a cache of it has its first listing. */
    void connectionChanged(ObjectKey cluster);

    /** An object of a cached kind was added, changed or deleted after the first listing. */
    void objectChanged(ObjectKey cluster, HasMetadata object);
}
