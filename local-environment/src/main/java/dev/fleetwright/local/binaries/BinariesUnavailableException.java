package dev.fleetwright.local.binaries;

/**
 * The programs of a control plane are not on this machine and cannot be built here. The message is written for the
 * person at the terminal: it says what is missing and what to do, and there is no stack trace to read past.
 */
public final class BinariesUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BinariesUnavailableException(String message) {
        super(message, null, false, false);
    }
}
