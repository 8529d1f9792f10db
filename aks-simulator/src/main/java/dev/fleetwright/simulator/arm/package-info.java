/**
 * The resource manager: subscriptions, resource groups, roles and assignments, operations and the two error envelopes.
 * Knows resource types only through small interfaces.
 * Used by the AKS resource provider.
 */
@NullMarked
package dev.fleetwright.simulator.arm;

import org.jspecify.annotations.NullMarked;
