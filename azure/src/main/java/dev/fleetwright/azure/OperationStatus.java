package dev.fleetwright.azure;

import dev.fleetwright.core.error.FleetException;
import java.time.Duration;
import java.util.Optional;

/** What a long-running operation says about itself. The resource's provisioning state is the truth; this gives pace and error. */
public sealed interface OperationStatus {
    /**
     * Still running.
     *
     * @param text Azure's free text, such as {@code CreatingAgentPool: 0/1 nodes completed}
     * @param retryAfter when Azure wants the next poll, if it said so
     */
    record InProgress(String text, Optional<Duration> retryAfter) implements OperationStatus {}

    /** Ended well. */
    record Succeeded() implements OperationStatus {}

    /**
     * Ended badly.
     *
     * @param error the operation's error, classified by the same table as refused calls; not thrown
     */
    record Failed(FleetException error) implements OperationStatus {}

    /** Stopped by an abort or by a later operation that took its place. */
    record Canceled() implements OperationStatus {}

    /** Azure no longer knows the operation, or the URL is not one of this Azure's: ask the resource. */
    record Expired() implements OperationStatus {}
}
