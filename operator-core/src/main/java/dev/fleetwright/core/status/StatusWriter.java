package dev.fleetwright.core.status;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The only writer of the statuses of one kind. It compares first and writes nothing that is already there; it writes
 * with the resource version that was read, so that a decision taken on old facts is refused; and it remembers what it
 * wrote, because the watch may deliver the object as it was before (a pass on an old status would repeat its work).
 *
 * @param <R> the kind
 * @param <T> its status
 */
public final class StatusWriter<R extends CustomResource<?, T>, T> implements Statuses<R, T> {

    /** A watch that is silent for longer is not late but broken, and then conflicts tell. */
    private static final Duration KEEP = Duration.ofMinutes(10);

    private static final int PURGE_ABOVE = 1000;

    private final KubernetesClient client;
    private final KubernetesSerialization serialization;
    private final InstantSource clock;
    private final Map<String, Remembered<R>> written = new ConcurrentHashMap<>();

    public StatusWriter(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.serialization = client.getKubernetesSerialization();
        this.clock = clock;
    }

    @Override
    public R freshest(R cached) {
        var uid = cached.getMetadata().getUid();
        var own = written.get(uid);
        if (own == null) {
            return cached;
        }
        if (version(own.resource()) > version(cached)) {
            return own.resource();
        }
        written.remove(uid, own);
        return cached;
    }

    /**
     * Writes the status unless it is there already.
     *
     * @param read the object as it was read; its resourceVersion is the lock. Not changed
     * @throws KubernetesClientException when the API server cannot be reached or refuses for another reason than a
     *     conflict
     */
    @Override
    public WriteResult write(R read, T status) {
        if (same(read.getStatus(), status)) {
            return WriteResult.UNCHANGED;
        }
        R changed = serialization.clone(read);
        changed.setStatus(status);
        try {
            remember(client.resource(changed).lockResourceVersion().updateStatus());
            return WriteResult.WRITTEN;
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case HttpURLConnection.HTTP_CONFLICT -> {
                    forget(read);
                    yield WriteResult.CONFLICT;
                }
                case HttpURLConnection.HTTP_NOT_FOUND -> {
                    forget(read);
                    yield WriteResult.GONE;
                }
                default -> throw e;
            };
        }
    }

    @Override
    public void forget(R resource) {
        written.remove(resource.getMetadata().getUid());
    }

    private boolean same(@Nullable T old, T now) {
        // Records of other origin may differ in the class of a map or a number; what counts is the wire.
        return Objects.equals(old, now) || (old != null && wire(old).equals(wire(now)));
    }

    private Map<?, ?> wire(T status) {
        return serialization.convertValue(status, Map.class);
    }

    private void remember(R resource) {
        var now = clock.instant();
        if (written.size() > PURGE_ABOVE) {
            written.values().removeIf(own -> own.at().plus(KEEP).isBefore(now));
        }
        written.put(resource.getMetadata().getUid(), new Remembered<>(resource, now));
    }

    /** Resource versions of one kind are numbers that grow (KEP-5504); one that is not is taken as unknown. */
    private static long version(CustomResource<?, ?> resource) {
        try {
            return Long.parseLong(resource.getMetadata().getResourceVersion());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private record Remembered<R>(R resource, Instant at) {}
}
