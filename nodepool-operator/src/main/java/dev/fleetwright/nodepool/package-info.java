/**
 * The nodepool-operator: replaces agent pools behind a Nodepool. Main class only.
 *
 * <p>plan, node, drain, eviction and replacement hold the knowledge and are pure; cluster and controller touch the world.
 */
@NullMarked
package dev.fleetwright.nodepool;

import org.jspecify.annotations.NullMarked;
