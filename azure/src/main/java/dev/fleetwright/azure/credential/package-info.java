/**
 * From an AzureClusterIdentity and its Secret to a credential: pure, with messages that name what to mend and never a
 * secret. Used by the reconcilers before they connect.
 */
@NullMarked
package dev.fleetwright.azure.credential;

import org.jspecify.annotations.NullMarked;
