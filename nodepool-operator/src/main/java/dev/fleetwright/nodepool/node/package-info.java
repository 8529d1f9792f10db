/**
 * What a node is: its identity (uid, full ARM id, pool), and the marks we leave on it and take off again.
 *
 * <p>Values and pure functions over them; used by the replacement and the drain.
 */
@NullMarked
package dev.fleetwright.nodepool.node;

import org.jspecify.annotations.NullMarked;
