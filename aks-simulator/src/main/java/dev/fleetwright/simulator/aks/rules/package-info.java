/**
 * What AKS admits, fills in and refuses: tables of properties, versions, VM sizes and quotas, and the words of refusals.
 * Reads the model; changes nothing, waits for nothing.
 * Used by the routes and the work of the provider.
 */
@NullMarked
package dev.fleetwright.simulator.aks.rules;

import org.jspecify.annotations.NullMarked;
