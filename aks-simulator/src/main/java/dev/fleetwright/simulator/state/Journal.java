package dev.fleetwright.simulator.state;

import java.util.Collection;

/** Where changes are written down. */
public interface Journal extends AutoCloseable {
    /** Nothing is kept. */
    Journal NOWHERE = new Journal() {
        @Override
        public boolean keeps() {
            return false;
        }

        @Override
        public void append(Collection<String> gone, Collection<Entry> changed) {}

        @Override
        public void close() {}
    };

    /** Whether anything that is appended outlives the process. */
    boolean keeps();

    /**
     * Writes down one change, whole or not at all; on return it outlives the process. First goes what is gone, with all
     * that is below it.
     */
    void append(Collection<String> gone, Collection<Entry> changed);

    @Override
    void close();
}
