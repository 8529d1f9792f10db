/**
 * The token server: discovery documents, the token endpoint, and the check of bearer tokens.
 * Uses the wire and the options only.
 * Used by the ARM gateway.
 */
@NullMarked
package dev.fleetwright.simulator.entra;

import org.jspecify.annotations.NullMarked;
