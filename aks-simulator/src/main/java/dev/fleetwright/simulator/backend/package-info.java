/**
 * What stands behind a managed cluster: nothing, or a real local API server with nodes.
 * Knows Kubernetes, not ARM.
 * Used by the AKS resource provider, which calls it outside every lock.
 */
@NullMarked
package dev.fleetwright.simulator.backend;

import org.jspecify.annotations.NullMarked;
