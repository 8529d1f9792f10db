/**
 * The wire: TLS with an own authority, the routing table, faults, the request log.
 * Knows neither ARM nor AKS; handlers are given to it.
 * Used by the packages that offer endpoints.
 */
@NullMarked
package dev.fleetwright.simulator.http;

import org.jspecify.annotations.NullMarked;
