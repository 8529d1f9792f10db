package dev.fleetwright.core.reconcile;

import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;

/** The place of Kubernetes API errors, and of exceptions nobody expected, in the taxonomy. */
public final class KubernetesErrors {

    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY_REQUESTS = 429;

    private KubernetesErrors() {}

    public static FleetException of(RuntimeException error) {
        return switch (error) {
            case FleetException known -> known;
            case KubernetesClientException api -> ofApi(api);
            default ->
                FleetException.of(
                        ErrorCode.INTERNAL,
                        "internal error: " + error.getClass().getSimpleName(),
                        error);
        };
    }

    private static FleetException ofApi(KubernetesClientException e) {
        var status = e.getStatus();
        var message = status != null && status.getMessage() != null ? status.getMessage() : e.getMessage();
        var text = "Kubernetes API: " + (message == null ? "no message" : message);
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_CONFLICT -> FleetException.of(ErrorCode.PRECONDITION_FAILED, text, e);
            case HttpURLConnection.HTTP_UNAUTHORIZED -> FleetException.of(ErrorCode.UNAUTHENTICATED, text, e);
            case HttpURLConnection.HTTP_FORBIDDEN -> FleetException.of(ErrorCode.UNAUTHORIZED, text, e);
            case HttpURLConnection.HTTP_NOT_FOUND -> FleetException.of(ErrorCode.DEPENDENCY_MISSING, text, e);
            case HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE ->
                FleetException.of(ErrorCode.CONFIGURATION_PROBLEM, text, e);
            case TOO_MANY_REQUESTS ->
                FleetException.of(ErrorCode.TRANSIENT, text, e)
                        .withReason("KubernetesBusy")
                        .withRetryAfter(Duration.ofSeconds(1));
            // No answer at all has code 0; the text of I/O errors differs from try to try and is left to the log.
            default ->
                FleetException.of(ErrorCode.TRANSIENT, "Kubernetes API cannot be reached or failed", e)
                        .withReason("KubernetesUnavailable");
        };
    }
}
