/**
 * What property and simulation tests need: seeded generators, checks that print their seed and shrink
 * operation sequences by dropping steps, and a clock that moves only when the test moves it.
 * Depends on the JDK alone; used by the tests of every module.
 */
@NullMarked
package dev.fleetwright.testing;

import org.jspecify.annotations.NullMarked;
