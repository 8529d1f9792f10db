package dev.fleetwright.launcher;

/** Something the person at the terminal can mend; its message says what. Shown without a stack trace. */
public final class LauncherException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LauncherException(String message) {
        super(message);
    }

    LauncherException(String message, Throwable cause) {
        super(message, cause);
    }
}
