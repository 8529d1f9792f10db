package dev.fleetwright.core.status;

/** What became of a status write. */
public enum WriteResult {
    /** The status was as it should be; nothing was sent. */
    UNCHANGED,
    WRITTEN,
    /** The object changed since it was read: read again, decide again. Not an error. */
    CONFLICT,
    /** The object is no more. */
    GONE
}
