/**
 * The operator process that writes to Azure: Cluster, ManagedControlPlane and MachinePool.
 *
 * <p>Here is only its start; each kind has a package of its own below. Nothing else writes managed clusters or agent pools.
 */
@NullMarked
package dev.fleetwright.controllers;

import org.jspecify.annotations.NullMarked;
