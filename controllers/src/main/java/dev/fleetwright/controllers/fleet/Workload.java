package dev.fleetwright.controllers.fleet;

import dev.fleetwright.core.reconcile.ObjectKey;
import io.fabric8.kubernetes.api.model.Node;
import java.util.List;
import java.util.Optional;

/** Workload clusters as their API servers show them. */
@FunctionalInterface
public interface Workload {
    /**
     * All nodes of a cluster; empty while there is no working connection, which says nothing about the nodes.
     *
     * @param cluster namespace and name of the Cluster
     */
    Optional<List<Node>> nodes(ObjectKey cluster);
}
