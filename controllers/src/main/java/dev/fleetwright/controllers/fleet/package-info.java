/**
 * The objects of the fleet as the watches show them, and who is woken when one of them changes.
 *
 * <p>Reads only; used by all controllers of this process.
 */
@NullMarked
package dev.fleetwright.controllers.fleet;

import org.jspecify.annotations.NullMarked;
