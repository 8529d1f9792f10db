/**
 * The backend with a real API server per managed cluster: nodes as objects that kwok plays, drains by the eviction API.
 * Uses local-environment and the fabric8 client; every piece of I/O runs on a thread of its own, none under a lock.
 * Used by the composition in AksSimulator.
 */
@NullMarked
package dev.fleetwright.simulator.backend.local;

import org.jspecify.annotations.NullMarked;
