/**
 * Keeps an AzureClusterIdentity and its Secret alive as long as a control plane needs them to clean up in Azure.
 *
 * <p>Writes one finalizer, nothing else; used by the process start alone.
 */
@NullMarked
package dev.fleetwright.controllers.identity;

import org.jspecify.annotations.NullMarked;
