package dev.fleetwright.simulator.shape;

import java.util.List;

/** What a property's value may be. */
sealed interface Kind {
    record Text() implements Kind {}

    record Time() implements Kind {}

    record Whole() implements Kind {}

    record Decimal() implements Kind {}

    record Flag() implements Kind {}

    record Any() implements Kind {}

    record ListOf(Kind item) implements Kind {}

    /** An object whose keys are free. */
    record MapOf(Kind value) implements Kind {}

    record Choice(List<String> values) implements Kind {}

    /** An object of a named type. */
    record Document(String type) implements Kind {}
}
