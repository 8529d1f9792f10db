package dev.fleetwright.core.workload;

import dev.fleetwright.core.reconcile.ObjectKey;
import dev.fleetwright.core.reconcile.Watch;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;

/**
 * The connections to all workload clusters: one per kubeconfig Secret, rebuilt when the Secret changes, closed when it
 * goes. A cluster is named by the namespace and the name of its Cluster object. Asking is cheap and never waits.
 */
public final class ClusterConnections implements AutoCloseable {

    /** Selects the Secrets; its value is the name of the Cluster. */
    public static final String CLUSTER_LABEL = "cluster.x-k8s.io/cluster-name";

    private static final String SECRET_SUFFIX = "-kubeconfig";
    private static final String SECRET_KEY = "value";
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final BiFunction<String, Executor, KubernetesClient> clients;
    private final ConnectionTimes times;
    private final InstantSource clock;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<ObjectKey, ClusterLink> links = new ConcurrentHashMap<>();
    private final List<ConnectionListener> listeners = new CopyOnWriteArrayList<>();
    private final ConnectionListener all = new All(listeners);

    /**
     * Without clusters at first; see {@link #follow}.
     *
     * @param clients makes a client from a kubeconfig, working on the given executor, without retries
     */
    public ClusterConnections(
            BiFunction<String, Executor, KubernetesClient> clients, ConnectionTimes times, InstantSource clock) {
        this.clients = clients;
        this.times = times;
        this.clock = clock;
    }

    /** Takes the clusters from a watch of kubeconfig Secrets; before the watch is started. */
    public void follow(Watch<Secret> secrets) {
        secrets.listen(secret -> clusterOf(secret)
                .ifPresent(cluster -> secrets.get(ObjectKey.of(secret))
                        .flatMap(ClusterConnections::kubeconfigOf)
                        .ifPresentOrElse(kubeconfig -> offer(cluster, kubeconfig), () -> withdraw(cluster))));
    }

    /** Is told from now on; any number of listeners. */
    public void listen(ConnectionListener listener) {
        listeners.add(listener);
    }

    /** The cluster, or why not. Never waits. */
    public Connection to(ObjectKey cluster) {
        var link = links.get(cluster);
        return link == null
                ? new Connection.NotConnected(
                        Connection.NO_KUBECONFIG,
                        "cluster %s has no kubeconfig Secret %s%s".formatted(cluster, cluster.name(), SECRET_SUFFIX),
                        clock.instant())
                : link.connection();
    }

    /** Connects a cluster, or reconnects it when the kubeconfig is another one. */
    public void offer(ObjectKey cluster, String kubeconfig) {
        links.compute(cluster, (key, link) -> {
            if (link != null) {
                link.use(kubeconfig);
                return link;
            }
            var added = new ClusterLink(key, kubeconfig, text -> clients.apply(text, executor), times, all, clock);
            added.start();
            return added;
        });
    }

    /** Closes the connection to a cluster, if there is one. */
    public void withdraw(ObjectKey cluster) {
        var link = links.remove(cluster);
        if (link != null) {
            link.close();
            all.connectionChanged(cluster);
        }
    }

    /** How many clusters are known, connected or not. */
    public int size() {
        return links.size();
    }

    /** How many are connected; for metrics. */
    public long connected() {
        return links.values().stream()
                .filter(link -> link.connection() instanceof Connection.Connected)
                .count();
    }

    @Override
    public void close() {
        var open = List.copyOf(links.values());
        links.clear();
        open.forEach(ClusterLink::close);
        try {
            for (var link : open) {
                link.awaitClosed(CLOSING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        executor.shutdownNow();
    }

    private static Optional<ObjectKey> clusterOf(Secret secret) {
        var meta = secret.getMetadata();
        return Optional.ofNullable(meta.getLabels())
                .map(labels -> labels.get(CLUSTER_LABEL))
                .filter(name -> meta.getName().equals(name + SECRET_SUFFIX))
                .map(name -> new ObjectKey(meta.getNamespace(), name));
    }

    private static Optional<String> kubeconfigOf(Secret secret) {
        return Optional.ofNullable(secret.getData())
                .map(data -> data.get(SECRET_KEY))
                .map(ClusterConnections::decoded);
    }

    private static String decoded(String base64) {
        return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private record All(List<ConnectionListener> listeners) implements ConnectionListener {
        @Override
        public void connectionChanged(ObjectKey cluster) {
            listeners.forEach(listener -> listener.connectionChanged(cluster));
        }

        @Override
        public void objectChanged(ObjectKey cluster, HasMetadata object) {
            listeners.forEach(listener -> listener.objectChanged(cluster, object));
        }
    }
}
