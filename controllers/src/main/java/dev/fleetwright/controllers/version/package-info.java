/**
 * Kubernetes versions as AKS moves them: upward only, one minor at a time for the control plane.
 *
 * <p>Pure; used where a version is planned, in the control plane and in the pools.
 */
@NullMarked
package dev.fleetwright.controllers.version;

import org.jspecify.annotations.NullMarked;
