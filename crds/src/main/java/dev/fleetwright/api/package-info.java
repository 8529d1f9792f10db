/**
 * Values that every part shares: ids of Azure resources, Kubernetes versions, durations and shares as the kinds write them.
 *
 * <p>Values only, no I/O and no dependencies; used by the operators and by anybody else's.
 */
@NullMarked
package dev.fleetwright.api;

import org.jspecify.annotations.NullMarked;
