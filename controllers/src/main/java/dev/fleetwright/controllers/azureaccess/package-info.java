/**
 * The way of an object to Azure: from its identity reference to a connection, and its turn to change a managed cluster.
 *
 * <p>Uses the ports of the azure module and the identity objects; used by the control plane and the pools.
 */
@NullMarked
package dev.fleetwright.controllers.azureaccess;

import org.jspecify.annotations.NullMarked;
