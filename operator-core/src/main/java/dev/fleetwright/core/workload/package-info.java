/**
 * Connections to workload clusters, one per kubeconfig Secret: client, caches, probe, reconnect.
 * Uses the fabric8 client on the JDK transport.
 * Used by every operator that looks into workload clusters; being not connected is an ordinary answer there.
 */
@NullMarked
package dev.fleetwright.core.workload;

import org.jspecify.annotations.NullMarked;
