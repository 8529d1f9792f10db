/**
 * The taxonomy of what can go wrong: one table of codes with reason, pace and stall rule, and one exception.
 * Uses the JDK alone, so that any adapter can throw it.
 * Used by adapters to report, by the reconcile edge to decide conditions and the next try.
 */
@NullMarked
package dev.fleetwright.core.error;

import org.jspecify.annotations.NullMarked;
