/**
 * The published shapes of documents, as data: which properties a type has, of which type, since which api-version.
 *
 * <p>Knows JSON and nothing of ARM. Used to read requests as AKS reads them, to show old api-versions what they know, and
 * by the conformance tests to check every reply.
 */
@NullMarked
package dev.fleetwright.simulator.shape;

import org.jspecify.annotations.NullMarked;
