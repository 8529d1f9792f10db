/**
 * Long-running work on clusters, pools and machines, and who has to wait for whom.
 * Uses the model, time for pace, and the backend for what stands behind a cluster.
 * Used by the routes of the provider.
 */
@NullMarked
package dev.fleetwright.simulator.aks.work;

import org.jspecify.annotations.NullMarked;
