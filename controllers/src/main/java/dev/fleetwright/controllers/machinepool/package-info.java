/**
 * MachinePool: one AKS agent pool, and the nodes that are its.
 *
 * <p>The decision is a pure function; observing and acting are thin. Used by the process start alone.
 */
@NullMarked
package dev.fleetwright.controllers.machinepool;

import org.jspecify.annotations.NullMarked;
