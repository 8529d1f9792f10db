/**
 * Cluster: aggregates what its parts say, and leads their deletion. Talks to nothing outside the management cluster.
 *
 * <p>Uses the other kinds' objects as they are in the cache; used by the process start alone.
 */
@NullMarked
package dev.fleetwright.controllers.cluster;

import org.jspecify.annotations.NullMarked;
