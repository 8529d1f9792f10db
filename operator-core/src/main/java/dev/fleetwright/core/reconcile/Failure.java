package dev.fleetwright.core.reconcile;

import dev.fleetwright.api.v1alpha1.ErrorRecord;
import dev.fleetwright.core.condition.Conditions;
import java.time.Duration;
import java.util.List;

/**
 * What a failed pass means for the object.
 *
 * @param conditions the conditions after it
 * @param lastErrors what status.lastErrors becomes
 * @param delay until the next try
 * @param escalated whether it is stalled now and was not before
 * @param first whether this error is new
 */
record Failure(Conditions conditions, List<ErrorRecord> lastErrors, Duration delay, boolean escalated, boolean first) {}
