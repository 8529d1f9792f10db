/**
 * What every object of this operator depends on: its Cluster, the ManagedControlPlane and the identity to act with.
 * Uses caches of the management cluster, and the Azure port to connect.
 * Used by the three controllers, which decide by the stage an Anchor is in.
 */
@NullMarked
package dev.fleetwright.companion.anchor;

import org.jspecify.annotations.NullMarked;
