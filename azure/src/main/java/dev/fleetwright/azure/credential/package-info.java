/**
 * From an AzureClusterIdentity and its Secret to a credential and a connection, with messages that name what to mend and
 * never a secret. Used by the reconcilers of all operators that act in Azure.
 */
@NullMarked
package dev.fleetwright.azure.credential;

import org.jspecify.annotations.NullMarked;
