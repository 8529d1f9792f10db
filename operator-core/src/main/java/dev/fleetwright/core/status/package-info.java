/**
 * The one way a status reaches the API server: compare, write once with a lock, remember what was written.
 * Uses the fabric8 client.
 * Used by the reconcile edge alone.
 */
@NullMarked
package dev.fleetwright.core.status;

import org.jspecify.annotations.NullMarked;
