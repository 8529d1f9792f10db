package dev.fleetwright.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every status has, so that shared code can read it. */
public interface ConditionedStatus {
    /** The metadata.generation that the conditions speak of; null before the first pass. */
    @Nullable
    Long observedGeneration();

    /** Sorted by type; never null. */
    List<Condition> conditions();

    /** Newest first, at most five; never null. */
    List<ErrorRecord> lastErrors();
}
