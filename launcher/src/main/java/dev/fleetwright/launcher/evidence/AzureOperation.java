package dev.fleetwright.launcher.evidence;

import java.time.Instant;
import java.util.Optional;

/**
 * One long-running operation, as the simulator recorded it.
 *
 * @param kind what it did, in Azure's words
 * @param subject ARM id of the resource it worked on
 * @param end empty while it runs
 */
public record AzureOperation(String kind, String subject, Instant start, Optional<Instant> end) {
    /** True when it ran at that instant. */
    public boolean openAt(Instant time) {
        return !time.isBefore(start) && end.map(e -> !time.isAfter(e)).orElse(true);
    }
}
