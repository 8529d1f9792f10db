package dev.fleetwright.core.workload;

import dev.fleetwright.core.error.FleetException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.function.Function;

/**
 * A workload cluster that answers. Valid for one pass: after the connection is lost or rebuilt, a value of this type
 * fails its calls, and the next pass gets another from {@link ClusterConnections}.
 */
public interface WorkloadCluster {

    /**
     * A cache of one kind in the whole cluster. The first call starts it; a cache nobody asked for in half an hour is
     * closed.
     *
     * @return empty until the first listing is in (the listener of the connections is told when it is); an empty
     *     answer is never a cluster without such objects
     */
    <X extends HasMetadata> Optional<ResourceCache<X>> cache(WatchedKind<X> kind);

    /**
     * Makes one call with the client of this cluster, which repeats nothing by itself: a 429 or 500 arrives as it is.
     * At most 90 calls run at once; the JDK's HTTP/2 client fails above 100.
     *
     * @throws FleetException REMOTE_UNREACHABLE when there is no answer, the server failed (5xx other than an answer
     *     with a Status of its own that the caller reads from the raw response), or no call slot came free in 10 s
     */
    <A> A call(Function<KubernetesClient, A> call);
}
