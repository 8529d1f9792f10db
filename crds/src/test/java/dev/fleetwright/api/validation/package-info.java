/** The kinds as the API server sees them: what it accepts, what it refuses and in which words, on a real one. */
@NullMarked
package dev.fleetwright.api.validation;

import org.jspecify.annotations.NullMarked;
