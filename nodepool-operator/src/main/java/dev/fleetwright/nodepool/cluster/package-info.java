/**
 * The ports of the replacement on real API servers: views of Kubernetes objects, the calls, the look-ups.
 *
 * <p>Uses the fabric8 client and operator-core's connections; used by the controllers.
 */
@NullMarked
package dev.fleetwright.nodepool.cluster;

import org.jspecify.annotations.NullMarked;
