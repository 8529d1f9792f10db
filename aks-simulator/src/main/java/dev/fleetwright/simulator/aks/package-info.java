/**
 * The AKS resource provider: managed clusters, agent pools, machines, their rules and their long-running work.
 * Uses arm for state and errors, backend for what stands behind a cluster, time for pace.
 * Used by the composition in AksSimulator.
 */
@NullMarked
package dev.fleetwright.simulator.aks;

import org.jspecify.annotations.NullMarked;
