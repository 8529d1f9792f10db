package dev.fleetwright.core.status;

import dev.fleetwright.api.v1alpha1.ConditionedStatus;
import dev.fleetwright.api.v1alpha1.ErrorRecord;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * How shared code changes the part of a status that every kind has. One constant per kind:
 * {@code StatusShape.of(MachinePoolStatus::empty, MachinePoolStatus::withObservedGeneration, …)}.
 *
 * @param empty the status of an object nothing is known of
 */
public record StatusShape<T extends ConditionedStatus>(
        Supplier<T> empty,
        BiFunction<T, Long, T> withObservedGeneration,
        BiFunction<T, List<Condition>, T> withConditions,
        BiFunction<T, List<ErrorRecord>, T> withLastErrors) {

    public static <T extends ConditionedStatus> StatusShape<T> of(
            Supplier<T> empty,
            BiFunction<T, Long, T> withObservedGeneration,
            BiFunction<T, List<Condition>, T> withConditions,
            BiFunction<T, List<ErrorRecord>, T> withLastErrors) {
        return new StatusShape<>(empty, withObservedGeneration, withConditions, withLastErrors);
    }

    public T with(T status, long observedGeneration, List<Condition> conditions, List<ErrorRecord> lastErrors) {
        var counted = withObservedGeneration.apply(status, observedGeneration);
        return withLastErrors.apply(withConditions.apply(counted, conditions), lastErrors);
    }
}
