/**
 * The simulator as a product: start it from Java or the command line, with its options and its public evidence.
 * May use every package below; nothing below uses it, except for the plain option records.
 * Used by tests, the launcher, and anybody with a client of Azure.
 */
@NullMarked
package dev.fleetwright.simulator;

import org.jspecify.annotations.NullMarked;
