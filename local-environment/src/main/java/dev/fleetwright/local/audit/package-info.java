/**
 * Reads the log in which an API server writes down what it was asked to change: the witness in tests and demonstrations.
 *
 * <p>Uses Jackson. Used by whoever judges an operator by what it did, not by what it says it did.
 */
@NullMarked
package dev.fleetwright.local.audit;

import org.jspecify.annotations.NullMarked;
