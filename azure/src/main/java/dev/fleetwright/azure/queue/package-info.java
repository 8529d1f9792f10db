/**
 * Who may change a managed cluster next: one ARM mutation at a time per cluster, first come first served. Pure Java with
 * the time passed in, no thread waits here; the reconcilers of {@code controllers} ask at every pass.
 */
@NullMarked
package dev.fleetwright.azure.queue;

import org.jspecify.annotations.NullMarked;
