/**
 * What happened, judged by witnesses that none of our operators can sway: the workload cluster's audit log and the
 * simulator's request log.
 *
 * <p>Pure functions over what the witnesses say; used by the demo's summary and by the end-to-end tests.
 */
@NullMarked
package dev.fleetwright.launcher.evidence;

import org.jspecify.annotations.NullMarked;
