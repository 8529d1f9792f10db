package dev.fleetwright.nodepool.eviction;

import dev.fleetwright.nodepool.eviction.EvictionAnswer.Accepted;
import dev.fleetwright.nodepool.eviction.EvictionAnswer.BudgetClosed;
import dev.fleetwright.nodepool.eviction.EvictionAnswer.Gone;
import dev.fleetwright.nodepool.eviction.EvictionAnswer.Later;
import dev.fleetwright.nodepool.eviction.EvictionAnswer.Refused;
import dev.fleetwright.nodepool.eviction.EvictionAnswer.SeveralBudgets;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The table of answers of the eviction API. Source: the API server's eviction handler, each row seen on kube-apiserver
 * 1.36.3. An already terminating pod answers 201; a budget is checked before the uid, so a 429 does not prove that the pod
 * is still the one that was meant.
 */
final class EvictionAnswers {
    private static final Duration PROCESSING = Duration.ofSeconds(10);
    private static final Duration FORBIDDEN = Duration.ofSeconds(30);
    private static final Duration SERVER_ERROR = Duration.ofSeconds(5);

    private EvictionAnswers() {}

    static EvictionAnswer of(int code, Status status) {
        String message = Objects.requireNonNullElse(status.getMessage(), "");
        Optional<Duration> retryAfter = Optional.ofNullable(status.getDetails())
                .map(StatusDetails::getRetryAfterSeconds)
                .filter(seconds -> seconds > 0)
                .map(Duration::ofSeconds);
        return switch (code) {
            case 200, 201, 202 -> new Accepted();
            case 404, 409 -> new Gone(String.valueOf(code));
            case 429 -> tooMany(message, retryAfter, causes(status));
            case 403 -> new Refused("403", message, FORBIDDEN);
            case 500 ->
                message.contains("more than one PodDisruptionBudget")
                        ? new SeveralBudgets(message)
                        : new Refused("500", message, SERVER_ERROR);
            case 504 -> new Later("504", message, PROCESSING);
            default -> new Refused(String.valueOf(code), message, retryAfter.orElse(SERVER_ERROR));
        };
    }

    /** A 429 without the cause of a budget is the API server's own load shedding. */
    private static EvictionAnswer tooMany(String message, Optional<Duration> retryAfter, List<StatusCause> causes) {
        Optional<String> budget = causes.stream()
                .filter(cause -> "DisruptionBudget".equals(cause.getReason()))
                .map(cause -> Objects.requireNonNullElse(cause.getMessage(), message))
                .findFirst();
        if (budget.isPresent() && retryAfter.isEmpty()) {
            return new BudgetClosed(budget.get());
        }
        return new Later("429", budget.orElse(message), retryAfter.orElse(PROCESSING));
    }

    private static List<StatusCause> causes(Status status) {
        return Optional.ofNullable(status.getDetails())
                .map(StatusDetails::getCauses)
                .orElse(List.of());
    }
}
