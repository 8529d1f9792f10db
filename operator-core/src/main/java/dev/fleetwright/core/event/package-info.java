/**
 * Kubernetes Events with deterministic names, counted instead of repeated, and rate limited.
 * Uses the fabric8 client.
 * Used by the reconcile edge and by controllers for what a user should notice.
 */
@NullMarked
package dev.fleetwright.core.event;

import org.jspecify.annotations.NullMarked;
