/**
 * ManagedControlPlane: the resource group, the AKS managed cluster with its first pools, and its kubeconfig.
 *
 * <p>The decision is a pure function; observing and acting are thin. Used by the process start alone.
 */
@NullMarked
package dev.fleetwright.controllers.controlplane;

import org.jspecify.annotations.NullMarked;
