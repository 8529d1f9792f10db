/**
 * The companion operator as a process: which controllers there are, and what wakes them.
 * Uses its sub-packages, operator-core and the Azure ports.
 * Used by nobody: CompanionMain is where the process begins.
 */
@NullMarked
package dev.fleetwright.companion;

import org.jspecify.annotations.NullMarked;
