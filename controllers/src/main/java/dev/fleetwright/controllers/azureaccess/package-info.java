/**
 * The way of an object to Azure: what it reads there and how often, and its turn to change a managed cluster.
 *
 * <p>Uses the ports of the azure module; used by the control plane and the pools.
 */
@NullMarked
package dev.fleetwright.controllers.azureaccess;

import org.jspecify.annotations.NullMarked;
