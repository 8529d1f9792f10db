package dev.fleetwright.core.status;

/**
 * Where statuses of one kind are read back and written. {@link StatusWriter} is the real one.
 *
 * @param <R> the kind
 * @param <T> its status
 */
public interface Statuses<R, T> {

    /** The newer of what the cache shows and what was written last. */
    R freshest(R cached);

    /** Writes the status unless it is there already; the object as it was read is the lock and is not changed. */
    WriteResult write(R read, T status);

    /** To be called when the object has gone. */
    void forget(R resource);
}
