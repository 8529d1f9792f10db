package dev.fleetwright.core.reconcile;

import dev.fleetwright.api.v1alpha1.ErrorRecord;
import dev.fleetwright.core.error.ErrorCode;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a pass must wait because an error is held back: its next try, as kept in status, has not come, so neither
 * events nor a restart of the process bring it forward.
 */
final class Gate {

    /** Set by a person: the next try is now. The value does not matter; a change of it opens the gate again. */
    static final String RETRY_NOW = "fleetwright.dev/retry-now";

    private Gate() {}

    /** Until when to wait; empty when the pass may go ahead. */
    static Optional<Instant> closedUntil(
            ObjectMeta metadata, @Nullable Long observedGeneration, List<ErrorRecord> errors, Instant now) {
        if (!Objects.equals(observedGeneration, metadata.getGeneration())) {
            return Optional.empty();
        }
        return errors.stream()
                .filter(e -> ErrorCode.of(e.code()).map(ErrorCode::heldBack).orElse(false))
                .map(ErrorRecord::nextTry)
                .filter(next -> next != null && next.isAfter(now))
                .max(Instant::compareTo);
    }

    static @Nullable String retryNow(ObjectMeta metadata) {
        Map<String, String> annotations = metadata.getAnnotations();
        return annotations == null ? null : annotations.get(RETRY_NOW);
    }
}
