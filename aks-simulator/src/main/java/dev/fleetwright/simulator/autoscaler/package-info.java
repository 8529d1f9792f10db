/**
 * The cluster autoscaler as a pure decision: from a picture of the cluster, the profile and what it remembers to what it does.
 * Knows Kubernetes' scheduling rules as far as they matter here; no client, no ARM, no clock of its own.
 * Used by the resource provider, which paints the picture at every scan and carries the actions out.
 */
@NullMarked
package dev.fleetwright.simulator.autoscaler;

import org.jspecify.annotations.NullMarked;
