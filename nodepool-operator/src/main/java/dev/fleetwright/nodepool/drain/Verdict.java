package dev.fleetwright.nodepool.drain;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the rules say about one pod at this moment. */
sealed interface Verdict {
    /** It may go. */
    record Go(Eviction eviction) implements Verdict {}

    /** Another pod goes first; that one's turn will end by itself. */
    record Queued() implements Verdict {}

    /**
     * It cannot go.
     *
     * @param key what must give way: path of a budget, or uid of an owner
     * @param budget the budget in question, if it is one
     * @param about named in the report: path of the budget or the owner
     * @param message of the API server, if there is one; else empty
     * @param retryAt when it may be tried although nothing changed
     */
    record Held(
            BlockReason reason,
            String key,
            @Nullable BudgetView budget,
            String about,
            String message,
            Optional<Instant> retryAt)
            implements Verdict {}
}
