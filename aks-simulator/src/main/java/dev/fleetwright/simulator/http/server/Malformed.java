package dev.fleetwright.simulator.http.server;

/** A message that breaks the rules of HTTP: answered with a bare status, after which the connection is closed. */
final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    Malformed(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
