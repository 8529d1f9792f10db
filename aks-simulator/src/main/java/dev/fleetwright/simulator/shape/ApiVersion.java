package dev.fleetwright.simulator.shape;

/**
 * An api-version such as "2025-09-01" or "2025-08-02-preview". Versions are in the order of their dates.
 *
 * @param date ISO date
 */
public record ApiVersion(String date, boolean preview) implements Comparable<ApiVersion> {
    private static final int DATE = 10;

    /** Reads a well-formed version; anything else counts as the oldest there is. */
    public static ApiVersion of(String text) {
        return text.length() < DATE
                ? new ApiVersion("", false)
                : new ApiVersion(text.substring(0, DATE), text.length() > DATE);
    }

    @Override
    public int compareTo(ApiVersion other) {
        return date.compareTo(other.date);
    }
}
