package dev.fleetwright.launcher;

import java.time.Duration;
import java.util.Locale;

/** How figures are written for people. */
final class Text {
    private Text() {}

    /** Such as 0.4 s, 12 s or 2 min 03 s. */
    static String seconds(Duration duration) {
        double seconds = duration.toMillis() / 1000.0;
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 120 ? whole + " s" : String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
    }
}
