package dev.fleetwright.controllers.azureaccess;

import dev.fleetwright.api.v1alpha1.ConditionedStatus;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** An error whose next try has not come: a repair before that would only repeat it. */
public final class PendingError {
    private PendingError() {}

    /** The error as it was, to be shown on; empty when a try is due, or the spec changed since. */
    public static Optional<FleetException> of(ConditionedStatus status, long generation, Instant now) {
        if (!Objects.equals(status.observedGeneration(), generation)) {
            return Optional.empty();
        }
        return status.lastErrors().stream()
                .filter(e -> e.nextTry() != null && e.nextTry().isAfter(now))
                .findFirst()
                .map(e -> FleetException.of(
                        ErrorCode.of(e.code()).orElse(ErrorCode.TRANSIENT),
                        Objects.requireNonNullElse(e.message(), e.code())));
    }
}
