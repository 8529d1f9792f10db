package dev.fleetwright.simulator.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One property of a type.
 *
 * @param since first stable api-version that has it
 * @param least smallest number, most the largest; both inclusive
 * @param pattern what a text must match as a whole
 */
record Property(
        String name,
        Kind kind,
        boolean required,
        boolean readOnly,
        ApiVersion since,
        double least,
        double most,
        Optional<Pattern> pattern) {

    boolean unknownTo(ApiVersion version) {
        return since.compareTo(version) > 0;
    }

    /** What is wrong with a value of the right type, empty when nothing is. */
    Optional<String> limit(JsonNode value) {
        if (value.isNumber() && (value.asDouble() < least || value.asDouble() > most)) {
            return Optional.of(
                    "'" + value.asText() + "' is not in the range " + text(least) + " to " + text(most) + ".");
        }
        if (value.isTextual()
                && pattern.isPresent()
                && !pattern.get().matcher(value.asText()).matches()) {
            return Optional.of("'" + value.asText() + "' does not match " + pattern.get() + ".");
        }
        return Optional.empty();
    }

    private static String text(double bound) {
        return Double.isInfinite(bound) ? "any" : Long.toString((long) bound);
    }
}
