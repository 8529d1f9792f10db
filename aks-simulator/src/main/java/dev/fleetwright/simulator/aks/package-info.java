/**
 * The AKS resource provider: its routes, put together from the rooms below: model, rules and work.
 * Uses arm for state and errors, backend for what stands behind a cluster, time for pace.
 * Used by the composition in AksSimulator.
 */
@NullMarked
package dev.fleetwright.simulator.aks;

import org.jspecify.annotations.NullMarked;
