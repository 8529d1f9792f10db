/**
 * What a Nodepool asks for, how that differs from its pools, and what is to be done about it: names, sizes, versions, turns.
 *
 * <p>Pure functions over the kinds; used by the Nodepool controller and by the replacement.
 */
@NullMarked
package dev.fleetwright.nodepool.plan;

import org.jspecify.annotations.NullMarked;
