/**
 * The whole of Fleetwright on a real API server against the simulator, started as a user starts it: processes with the
 * chart's service accounts, objects applied with kubectl, and judged by the audit log and the simulator's records.
 */
@NullMarked
package dev.fleetwright.e2e;

import org.jspecify.annotations.NullMarked;
