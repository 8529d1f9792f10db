/**
 * The front door of a checkout: brings a whole Fleetwright up on one machine, tells its story, and takes it down.
 *
 * <p>Starts every part as a process of its own, as a real installation would; may use the kinds and the local clusters,
 * never an operator's or the simulator's code. Used by {@code ./fleetwright} and by the end-to-end tests.
 */
@NullMarked
package dev.fleetwright.launcher;

import org.jspecify.annotations.NullMarked;
