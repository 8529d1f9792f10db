/** A kind of its own for tests of what is the same for all kinds. */
@NullMarked
package dev.fleetwright.core.widget;

import org.jspecify.annotations.NullMarked;
