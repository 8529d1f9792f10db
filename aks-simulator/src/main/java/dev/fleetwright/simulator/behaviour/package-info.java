/**
 * What nobody outside Azure knows for sure, as a table of switches with their documented defaults.
 * Uses nothing but the JDK.
 * Used by everything that has to take a side.
 */
@NullMarked
package dev.fleetwright.simulator.behaviour;

import org.jspecify.annotations.NullMarked;
