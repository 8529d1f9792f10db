package dev.fleetwright.nodepool.replacement;

import dev.fleetwright.nodepool.drain.DrainDecision;
import org.jspecify.annotations.Nullable;

/**
 * A step, and what the drain looks like when one is going on.
 *
 * @param drain null outside a drain
 */
public record Decision(Step step, @Nullable DrainDecision drain) {
    static Decision of(Step step) {
        return new Decision(step, null);
    }
}
