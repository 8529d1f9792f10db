/**
 * What the parts of a cluster need to know of their Cluster object: paused, protected, orphaned, being deleted.
 *
 * <p>Pure values; used by the controllers of the control plane and of the pools.
 */
@NullMarked
package dev.fleetwright.controllers.anchor;

import org.jspecify.annotations.NullMarked;
