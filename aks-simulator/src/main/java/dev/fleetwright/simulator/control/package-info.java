/**
 * The simulator's own endpoints under /simulator: trouble on demand, the portal, and evidence. No token is asked for.
 * Uses what the other packages offer to whoever runs the simulator.
 * Used by the simulator's start.
 */
@NullMarked
package dev.fleetwright.simulator.control;

import org.jspecify.annotations.NullMarked;
