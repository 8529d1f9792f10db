/**
 * Kubernetes conditions as an immutable set with the rules of metav1.Condition built in.
 * Uses the fabric8 model for the wire type.
 * Used by every controller and by the reconcile edge.
 */
@NullMarked
package dev.fleetwright.core.condition;

import org.jspecify.annotations.NullMarked;
