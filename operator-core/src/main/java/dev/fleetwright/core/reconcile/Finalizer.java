package dev.fleetwright.core.reconcile;

import dev.fleetwright.core.status.WriteResult;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Adds and removes one finalizer, locked to the version that was read.
 *
 * <p>Several finalizers of different owners can stand on one object, and their order and number change. A patch that
 * removes "the first" without a lock, repeated after a lost answer, takes away another owner's: an agent pool would
 * be deleted before it is drained.
 *
 * @param name for example {@code fleetwright.dev/machine-pool}
 */
public record Finalizer(KubernetesClient client, String name) {

    private static final int UNPROCESSABLE = 422;

    /** Written, or why not; the object that was read is not changed. */
    public WriteResult add(HasMetadata read) {
        var finalizers = new ArrayList<>(read.getMetadata().getFinalizers());
        if (finalizers.contains(name)) {
            return WriteResult.UNCHANGED;
        }
        finalizers.add(name);
        return patch(read, finalizers);
    }

    /** Written, or why not; the object that was read is not changed. */
    public WriteResult remove(HasMetadata read) {
        var finalizers = new ArrayList<>(read.getMetadata().getFinalizers());
        return finalizers.remove(name) ? patch(read, finalizers) : WriteResult.UNCHANGED;
    }

    private WriteResult patch(HasMetadata read, List<String> finalizers) {
        var version = Objects.requireNonNull(read.getMetadata().getResourceVersion(), "an object that was not read");
        var patch = List.of(
                Map.of("op", "test", "path", "/metadata/resourceVersion", "value", version),
                Map.of("op", "add", "path", "/metadata/finalizers", "value", finalizers));
        try {
            client.resource(read)
                    .patch(
                            PatchContext.of(PatchType.JSON),
                            client.getKubernetesSerialization().asJson(patch));
            return WriteResult.WRITTEN;
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                // A failed test is "unprocessable".
                case HttpURLConnection.HTTP_CONFLICT, UNPROCESSABLE -> WriteResult.CONFLICT;
                case HttpURLConnection.HTTP_NOT_FOUND -> WriteResult.GONE;
                default -> throw e;
            };
        }
    }
}
