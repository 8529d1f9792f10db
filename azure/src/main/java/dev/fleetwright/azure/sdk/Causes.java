package dev.fleetwright.azure.sdk;

import java.util.Optional;

/** What lies beneath an exception of the SDK, which wraps freely. */
final class Causes {
    private Causes() {}

    static boolean has(Throwable e, Class<? extends Throwable> type) {
        return find(e, type).isPresent();
    }

    static <T extends Throwable> Optional<T> find(Throwable e, Class<T> type) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
        }
        return Optional.empty();
    }

    /** Kind and message of the first cause, such as {@code ConnectException: Connection refused}. */
    static String root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String kind = root.getClass().getSimpleName();
        // How long exactly it took differs from time to time, and would be written to status each time.
        if (kind.contains("Timeout")) {
            return "timed out";
        }
        return root.getMessage() == null ? kind : kind + ": " + root.getMessage();
    }
}
