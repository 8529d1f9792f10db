/** What the integration tests stand on: a real API server with kwok nodes, and a double of the pool controllers. */
package dev.fleetwright.nodepool.ground;
