/**
 * Which pods may move now, and why the others may not: budgets, owners, tiers, deadlines.
 *
 * <p>Pure: values in, a decision out; no I/O and no clock of its own. Used by the replacement.
 */
@NullMarked
package dev.fleetwright.nodepool.drain;

import org.jspecify.annotations.NullMarked;
