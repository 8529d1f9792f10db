package dev.fleetwright.controllers.fleet;

import dev.fleetwright.core.reconcile.ObjectKey;
import dev.fleetwright.core.workload.ClusterConnections;
import dev.fleetwright.core.workload.Connection;
import dev.fleetwright.core.workload.ResourceCache;
import dev.fleetwright.core.workload.WatchedKind;
import io.fabric8.kubernetes.api.model.Node;
import java.util.List;
import java.util.Optional;

/** Workload clusters through their kubeconfig Secrets. */
public record ConnectedWorkload(ClusterConnections connections) implements Workload {
    @Override
    public Optional<List<Node>> nodes(ObjectKey cluster) {
        return switch (connections.to(cluster)) {
            case Connection.NotConnected none -> Optional.empty();
            case Connection.Connected(var answering) ->
                answering.cache(WatchedKind.NODES).map(ResourceCache::all);
        };
    }
}
