package dev.fleetwright.nodepool.eviction;

import dev.fleetwright.nodepool.drain.PodView;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One eviction as a raw POST: the fabric8 method repeats refused calls by name and drops the causes of a refusal (seen in
 * 7.8.0). The uid of the pod is a precondition of every call, so a successor of the same name is never hit.
 */
public final class EvictionCall {
    private static final long TIMEOUT_SECONDS = 15;

    private EvictionCall() {}

    /** Asks for the eviction of exactly this pod, with its own grace period. */
    public static EvictionAnswer evict(KubernetesClient client, PodView pod) {
        var eviction = new EvictionBuilder()
                .withNewMetadata()
                .withNamespace(pod.namespace())
                .withName(pod.name())
                .endMetadata()
                .withDeleteOptions(new DeleteOptionsBuilder()
                        .withNewPreconditions()
                        .withUid(pod.uid())
                        .endPreconditions()
                        .build())
                .build();
        String body = client.getKubernetesSerialization().asJson(eviction);
        return send(
                client,
                client.getHttpClient()
                        .newHttpRequestBuilder()
                        .uri(path(client, pod) + "/eviction")
                        .post("application/json", body));
    }

    /**
     * Deletes exactly this pod, past its budgets.
     *
     * @param graceSeconds at least 1: a grace of 0 is never asked for
     */
    public static EvictionAnswer delete(KubernetesClient client, PodView pod, int graceSeconds) {
        DeleteOptions options = new DeleteOptionsBuilder()
                .withApiVersion("v1")
                .withKind("DeleteOptions")
                .withGracePeriodSeconds((long) Math.max(1, graceSeconds))
                .withNewPreconditions()
                .withUid(pod.uid())
                .endPreconditions()
                .build();
        String body = client.getKubernetesSerialization().asJson(options);
        return send(
                client,
                client.getHttpClient()
                        .newHttpRequestBuilder()
                        .uri(path(client, pod))
                        .delete("application/json", body));
    }

    private static EvictionAnswer send(KubernetesClient client, HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = client.getHttpClient()
                    .sendAsync(request.build(), byte[].class)
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return EvictionAnswers.of(response.code(), status(client, response));
        } catch (ExecutionException | TimeoutException e) {
            return new EvictionAnswer.Unknown(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new EvictionAnswer.Unknown("interrupted");
        }
    }

    private static Status status(KubernetesClient client, HttpResponse<byte[]> response) {
        try {
            Status status = client.getKubernetesSerialization()
                    .unmarshal(new String(response.body(), StandardCharsets.UTF_8), Status.class);
            return status == null ? new Status() : status;
        } catch (RuntimeException e) {
            // A delete answers with the pod itself, a proxy with text: the code says enough.
            return new Status();
        }
    }

    private static String path(KubernetesClient client, PodView pod) {
        return client.getMasterUrl() + "api/v1/namespaces/" + pod.namespace() + "/pods/" + pod.name();
    }
}
