/**
 * AzureClusterAutoscaler: the autoscaler profile of a ManagedControlPlane, set by server-side apply of that one field.
 * Uses the management cluster alone; carrying it to Azure is the controllers' work.
 * Used by the process, which registers the controller.
 */
@NullMarked
package dev.fleetwright.companion.autoscaler;

import org.jspecify.annotations.NullMarked;
