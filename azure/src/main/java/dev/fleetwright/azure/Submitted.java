package dev.fleetwright.azure;

import java.util.Optional;

/**
 * Azure's answer to an accepted write.
 *
 * @param operationURL where the long-running operation is polled, with {@link Operations#poll}; signed, opaque and about
 *     3 kB long, to be kept whole. Empty when the write was complete at once
 * @param eTag the entity tag in the reply, if one came. It is stale once the operation ends: never use it in a later
 *     write (aks-protocol.md section 3)
 * @param correlationID Azure's correlation id, for support requests; may be empty text
 */
public record Submitted(Optional<String> operationURL, Optional<String> eTag, String correlationID) {}
