/**
 * How state outlives the process: things that are kept, and the journal on disk that they are kept in.
 * Knows neither ARM nor AKS; uses nothing but JSON and files.
 * Used by whatever holds state, and by the composition, which reads it back.
 */
@NullMarked
package dev.fleetwright.simulator.state;

import org.jspecify.annotations.NullMarked;
