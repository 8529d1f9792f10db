package dev.fleetwright.nodepool.replacement;

import java.util.Collection;
import java.util.function.Consumer;

/** Runs the same call for many things. */
@FunctionalInterface
public interface Fanout {
    /** Returns when the call has ended for all; throws the first failure after that. */
    <T> void each(Collection<T> things, Consumer<T> call);

    /** One after the other; stops at the first failure. */
    static Fanout oneByOne() {
        return new Fanout() {
            @Override
            public <T> void each(Collection<T> things, Consumer<T> call) {
                things.forEach(call);
            }
        };
    }
}
