package dev.fleetwright.controllers.azureaccess;

import dev.fleetwright.api.v1alpha1.OperationRef;
import dev.fleetwright.azure.Submitted;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What became of a wish to change something in Azure. */
public sealed interface Sent {
    /** No change was asked for. */
    record Nothing() implements Sent {}

    /** Azure accepted it and works on it. */
    record Accepted(OperationRef operation) implements Sent {}

    /** Not our turn yet; the message names who has it. */
    record InLine(String message) implements Sent {}

    /** On a fresh look there was nothing to change. */
    record Unneeded() implements Sent {}

    /**
     * What to keep of an accepted write, so that any process can follow it.
     *
     * @param kind Create, Update, Upgrade, Scale or Delete
     */
    static Sent accepted(String kind, Submitted submitted, long generation, Instant now) {
        return new Accepted(new OperationRef(
                kind,
                submitted.operationURL().orElse(null),
                now.truncatedTo(ChronoUnit.SECONDS),
                generation,
                submitted.correlationID().isEmpty() ? null : submitted.correlationID(),
                null));
    }
}
