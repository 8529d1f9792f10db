/**
 * The rolling upgrade of an agent pool as a pure decision: from the nodes as they are to the next step.
 * Knows neither ARM nor Kubernetes; the JDK is all it uses.
 * Used by the pool's work, which carries the steps out and asks again, so that an upgrade can be taken up anywhere; and by
 * the rules, which count what an upgrade will need.
 */
@NullMarked
package dev.fleetwright.simulator.upgrade;

import org.jspecify.annotations.NullMarked;
