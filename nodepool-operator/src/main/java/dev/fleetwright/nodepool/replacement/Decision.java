package dev.fleetwright.nodepool.replacement;

import dev.fleetwright.nodepool.drain.DrainDecision;
import org.jspecify.annotations.Nullable;

/**
 * A step, and what the drain looks like when one is going on.
 *
 * @param drain null outside a drain
 * @param unmoved pods that are still to be moved, on all nodes of the plan; 0 outside a drain
 */
public record Decision(Step step, @Nullable DrainDecision drain, int unmoved) {
    static Decision of(Step step) {
        return new Decision(step, null, 0);
    }
}
