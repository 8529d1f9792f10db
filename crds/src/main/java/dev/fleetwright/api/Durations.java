package dev.fleetwright.api;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as the kinds write them: {@code 90s}, {@code 10m}, {@code 1h30m}. */
public final class Durations {
    /** What the schema of every duration field says. */
    public static final String PATTERN = "^([0-9]+(s|m|h))+$";

    private static final Pattern PART = Pattern.compile("(\\d{1,9})([smh])");

    private Durations() {}

    /**
     * Reads one or more numbers with the units {@code s}, {@code m} and {@code h}, which add up.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static Duration parse(String text) {
        Matcher part = PART.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            sum = sum.plus(of(Long.parseLong(part.group(1)), part.group(2)));
            end = part.end();
        }
        if (end == 0 || end != text.length()) {
            throw new IllegalArgumentException("not a duration (90s, 10m or 1h30m is meant): " + text);
        }
        return sum;
    }

    /** The shortest such text, for messages and for writing a field: {@code 1h30m}; {@code 0s} for nothing. */
    public static String print(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("negative: " + duration);
        }
        StringBuilder text = new StringBuilder();
        append(text, duration.toHours(), 'h');
        append(text, duration.toMinutesPart(), 'm');
        append(text, duration.toSecondsPart(), 's');
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static Duration of(long amount, String unit) {
        return switch (unit) {
            case "h" -> Duration.ofHours(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofSeconds(amount);
        };
    }

    private static void append(StringBuilder text, long amount, char unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }
}
