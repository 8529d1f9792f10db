package dev.fleetwright.azure.queue;

import java.time.Instant;

/** The answer to a request for the one mutation a managed cluster can take. */
public sealed interface Turn {
    /** It is the requester's turn, until it is released or the lease ends unrenewed. */
    record Granted(Instant leaseEnds) implements Turn {}

    /**
     * Not yet.
     *
     * @param behind who holds the turn
     * @param position 1 for the next in line
     * @param holderLeaseEnds when the turn is taken from a holder who does not ask again
     */
    record Waiting(Requester behind, int position, Instant holderLeaseEnds) implements Turn {}
}
