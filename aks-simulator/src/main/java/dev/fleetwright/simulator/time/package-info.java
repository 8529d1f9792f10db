/**
 * Time as Azure spends it: the scaled clock, the one scheduler, and the table of published durations.
 * Uses nothing but the JDK.
 * Used by everything that waits.
 */
@NullMarked
package dev.fleetwright.simulator.time;

import org.jspecify.annotations.NullMarked;
