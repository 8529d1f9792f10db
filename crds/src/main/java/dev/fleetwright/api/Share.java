package dev.fleetwright.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of things, or a percentage of all of them: {@code 3} or {@code 25%}.
 *
 * @param amount at least 1
 * @param percent true when the amount is a percentage
 */
public record Share(int amount, boolean percent) {
    /** What the schema of every share field says. */
    public static final String PATTERN = "^[1-9][0-9]{0,5}%?$";

    private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,5})(%?)");

    public Share {
        if (amount < 1) {
            throw new IllegalArgumentException("a share is at least 1: " + amount);
        }
    }

    /**
     * Reads {@code 3} or {@code 25%}.
     *
     * @throws IllegalArgumentException when the text is anything else, zero included
     */
    public static Share parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a share (3 or 25% is meant): " + text);
        }
        return new Share(Integer.parseInt(parts.group(1)), !parts.group(2).isEmpty());
    }

    /** How many of the total: percentages are rounded down, but the answer is at least 1 and at most the total. */
    public int of(int total) {
        long wanted = percent ? (long) total * amount / 100 : amount;
        return (int) Math.min(total, Math.max(1, wanted));
    }

    @Override
    public String toString() {
        return amount + (percent ? "%" : "");
    }
}
