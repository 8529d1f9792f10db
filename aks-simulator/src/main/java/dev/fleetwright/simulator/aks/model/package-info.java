/**
 * The state of managed clusters, their agent pools and machines, and the documents in which replies show them.
 * Uses arm for the subscription that owns them and its lock.
 * Used by the rules, the work and the routes of the provider.
 */
@NullMarked
package dev.fleetwright.simulator.aks.model;

import org.jspecify.annotations.NullMarked;
