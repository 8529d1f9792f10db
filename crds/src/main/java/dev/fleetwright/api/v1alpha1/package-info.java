/**
 * The kinds of Fleetwright as Java types: what a user writes (spec) and what the operators answer (status).
 *
 * <p>Records that hold what the schema holds, nothing else; may use fabric8's model and generator annotations alone.
 * Read by every operator, and by anybody who writes an operator of their own.
 */
@NullMarked
package dev.fleetwright.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
