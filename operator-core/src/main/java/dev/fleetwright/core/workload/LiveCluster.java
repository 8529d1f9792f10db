package dev.fleetwright.core.workload;

import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import dev.fleetwright.core.reconcile.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** One client with its caches, from connect to loss. */
final class LiveCluster implements WorkloadCluster, AutoCloseable {

    /** The JDK's HTTP/2 client fails with "too many concurrent streams" above 100; the rest is for probe and lists. */
    private static final int CALLS_AT_ONCE = 90;

    private static final int SERVER_ERROR = 500;

    private final ObjectKey key;
    private final KubernetesClient client;
    private final ConnectionTimes times;
    private final ConnectionListener listener;
    private final InstantSource clock;
    private final Semaphore slots = new Semaphore(CALLS_AT_ONCE, true);
    private final Map<WatchedKind<?>, LiveCache<?>> caches = new HashMap<>();
    private boolean closed;

    LiveCluster(
            ObjectKey key,
            KubernetesClient client,
            ConnectionTimes times,
            ConnectionListener listener,
            InstantSource clock) {
        this.key = key;
        this.client = client;
        this.times = times;
        this.listener = listener;
        this.clock = clock;
    }

    /** What a probe found. */
    enum Probe {
        ANSWERED,
        REJECTED,
        FAILED
    }

    /** Asks the API server whether it is ready, with a time-out of its own: nothing else notices one that hangs. */
    Probe probe() throws InterruptedException {
        HttpRequest request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(client.getMasterUrl() + "readyz")
                .timeout(times.probeTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .build();
        var answer = client.getHttpClient().sendAsync(request, byte[].class);
        try {
            return switch (answer.get(times.probeTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .code()) {
                // Known, but not allowed to ask for readiness: it answers, and that is what was asked.
                case HttpURLConnection.HTTP_OK, HttpURLConnection.HTTP_FORBIDDEN -> Probe.ANSWERED;
                case HttpURLConnection.HTTP_UNAUTHORIZED -> Probe.REJECTED;
                default -> Probe.FAILED;
            };
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            return Probe.FAILED;
        }
    }

    @Override
    public <A> A call(Function<KubernetesClient, A> call) {
        takeSlot();
        try {
            return call.apply(client);
        } catch (KubernetesClientException e) {
            throw e.getCode() == 0 || e.getCode() >= SERVER_ERROR
                    ? FleetException.of(
                            ErrorCode.REMOTE_UNREACHABLE,
                            "the API server of cluster " + key + " failed or did not answer",
                            e)
                    : e;
        } finally {
            slots.release();
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the map is filled below only, with the key's own type
    public synchronized <X extends HasMetadata> Optional<ResourceCache<X>> cache(WatchedKind<X> kind) {
        if (closed) {
            return Optional.empty();
        }
        var now = clock.instant();
        var cache =
                (LiveCache<X>) caches.computeIfAbsent(kind, any -> new LiveCache<>(key, client, kind, listener, now));
        cache.asked(now);
        return cache.synced() ? Optional.of(cache) : Optional.empty();
    }

    synchronized void closeIdleCaches(Instant now) {
        var limit = now.minus(times.cacheIdle());
        caches.values().removeIf(cache -> {
            if (cache.idleSince(limit)) {
                cache.close();
                return true;
            }
            return false;
        });
    }

    @Override
    public synchronized void close() {
        closed = true;
        caches.values().forEach(LiveCache::close);
        caches.clear();
        client.close();
    }

    private void takeSlot() {
        try {
            if (slots.tryAcquire(times.callTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw FleetException.of(
                ErrorCode.REMOTE_UNREACHABLE, "too many calls to the API server of cluster " + key + " are in flight");
    }
}
