package dev.fleetwright.core.workload;

import dev.fleetwright.core.reconcile.ObjectKey;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one cluster connected: connect, probe, drop, reconnect, in one virtual thread of its own, so that a cluster
 * that hangs holds up nobody else. A change of the kubeconfig nudges it.
 */
final class ClusterLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterLink.class);

    private final ObjectKey key;
    private final Function<String, KubernetesClient> clients;
    private final ConnectionTimes times;
    private final ConnectionListener listener;
    private final InstantSource clock;
    private final Semaphore nudge = new Semaphore(0);
    private final Thread thread;

    private volatile String kubeconfig;
    private volatile Connection connection;
    private volatile boolean closed;

    // Of the thread alone.
    private @Nullable LiveCluster live;
    private String used = "";
    private int failures;

    ClusterLink(
            ObjectKey key,
            String kubeconfig,
            Function<String, KubernetesClient> clients,
            ConnectionTimes times,
            ConnectionListener listener,
            InstantSource clock) {
        this.key = key;
        this.kubeconfig = kubeconfig;
        this.clients = clients;
        this.times = times;
        this.listener = listener;
        this.clock = clock;
        this.connection = new Connection.NotConnected(
                Connection.CONNECTING, "cluster " + key + " is being connected", clock.instant());
        this.thread = Thread.ofVirtual().name("cluster " + key).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    Connection connection() {
        return connection;
    }

    /** The same content again changes nothing. */
    void use(String newKubeconfig) {
        if (!newKubeconfig.equals(kubeconfig)) {
            kubeconfig = newKubeconfig;
            nudge.release();
        }
    }

    /** Ends the thread; the thread closes its client itself. */
    @Override
    public void close() {
        closed = true;
        nudge.release();
        thread.interrupt();
    }

    /** Whether the thread has ended and everything is closed. */
    boolean awaitClosed(Duration time) throws InterruptedException {
        return thread.join(time);
    }

    private void run() {
        try {
            while (!closed) {
                var pause = step();
                if (nudge.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    nudge.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeClient();
        }
    }

    private Duration step() throws InterruptedException {
        var wanted = kubeconfig;
        if (!wanted.equals(used)) {
            if (live != null) {
                lost(Connection.CONNECTING, "cluster " + key + " is being connected");
            }
            closeClient();
            used = wanted;
            failures = 0;
        }
        if (live == null && !connect(wanted)) {
            return times.reconnectMax();
        }
        var cluster = live;
        if (cluster == null) {
            return times.reconnectMax();
        }
        return switch (cluster.probe()) {
            case ANSWERED -> {
                failures = 0;
                cluster.closeIdleCaches(clock.instant());
                if (!(connection instanceof Connection.Connected)) {
                    connected(cluster);
                }
                yield times.probeEvery();
            }
            case REJECTED ->
                failed(Connection.CREDENTIALS_REJECTED, "the API server of %s rejects the credentials", true);
            case FAILED -> failed(Connection.UNREACHABLE, "the API server of %s does not answer", false);
        };
    }

    private boolean connect(String wanted) {
        var problem = SelfContained.problem(wanted);
        if (problem.isPresent()) {
            lost(Connection.KUBECONFIG_INVALID, "cluster " + key + ": " + problem.get());
            return false;
        }
        try {
            live = new LiveCluster(key, clients.apply(wanted), times, listener, clock);
            return true;
        } catch (RuntimeException e) {
            LOG.warn("no client can be made for cluster {}", key, e);
            lost(Connection.KUBECONFIG_INVALID, "cluster " + key + ": the kubeconfig cannot be used");
            return false;
        }
    }

    private Duration failed(String reason, String message, boolean certain) {
        failures++;
        boolean wasConnected = connection instanceof Connection.Connected;
        if (wasConnected && !certain && failures < times.failuresToDrop()) {
            return times.probeEvery().dividedBy(2);
        }
        // First tell, then close: nobody is handed a client that is closed on purpose.
        lost(reason, message.formatted("cluster " + key));
        closeClient();
        return times.reconnectAfter(failures);
    }

    private void connected(LiveCluster cluster) {
        connection = new Connection.Connected(cluster);
        LOG.info("cluster {} is connected", key);
        listener.connectionChanged(key);
    }

    private void lost(String reason, String message) {
        var before = connection;
        Instant since =
                before instanceof Connection.NotConnected(var ignored, var text, var then) ? then : clock.instant();
        var now = new Connection.NotConnected(reason, message, since);
        if (!now.equals(before)) {
            connection = now;
            LOG.warn("cluster {} is not connected: {}", key, message);
            listener.connectionChanged(key);
        }
    }

    private void closeClient() {
        if (live != null) {
            live.close();
            live = null;
        }
    }
}
