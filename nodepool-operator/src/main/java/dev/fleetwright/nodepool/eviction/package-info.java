/**
 * The eviction call and the table of its answers.
 *
 * <p>One raw POST with the uid of the pod, never repeated by the client; used by the replacement.
 */
@NullMarked
package dev.fleetwright.nodepool.eviction;

import org.jspecify.annotations.NullMarked;
