package dev.fleetwright.simulator.aks.rules;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of IPv4 addresses.
 *
 * @param first lowest address as an unsigned number
 * @param bits length of the prefix, 0 to 32
 */
record Cidr(long first, int bits) {
    private static final Pattern TEXT =
            Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?:/(\\d{1,2}))?");

    /** Reads "10.0.0.0/16", or a single address; empty for anything else, and for host bits that are set. */
    static Optional<Cidr> read(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long address = 0;
        for (int i = 1; i <= 4; i++) {
            int octet = Integer.parseInt(matcher.group(i));
            if (octet > 255) {
                return Optional.empty();
            }
            address = address * 256 + octet;
        }
        int bits = matcher.group(5) == null ? 32 : Integer.parseInt(matcher.group(5));
        var range = new Cidr(address, bits);
        return bits > 32 || address % range.size() != 0 ? Optional.empty() : Optional.of(range);
    }

    long size() {
        return 1L << (32 - Math.min(32, bits));
    }

    boolean contains(Cidr other) {
        return other.first >= first && other.first + other.size() <= first + size();
    }

    boolean overlaps(Cidr other) {
        return first < other.first + other.size() && other.first < first + size();
    }
}
