package dev.fleetwright.core.widget;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fleetwright.api.v1alpha1.ConditionedStatus;
import dev.fleetwright.api.v1alpha1.ErrorRecord;
import dev.fleetwright.core.status.StatusShape;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record WidgetStatus(
        @Nullable Long observedGeneration,
        List<Condition> conditions,
        List<ErrorRecord> lastErrors,
        @Nullable String painted)
        implements ConditionedStatus {

    public static final StatusShape<WidgetStatus> SHAPE = StatusShape.of(
            WidgetStatus::empty,
            (status, generation) -> new WidgetStatus(generation, status.conditions, status.lastErrors, status.painted),
            (status, conditions) ->
                    new WidgetStatus(status.observedGeneration, conditions, status.lastErrors, status.painted),
            (status, errors) -> new WidgetStatus(status.observedGeneration, status.conditions, errors, status.painted));

    @SuppressWarnings("ConstantValue") // Jackson passes null for absent lists
    public WidgetStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        lastErrors = lastErrors == null ? List.of() : List.copyOf(lastErrors);
    }

    public static WidgetStatus empty() {
        return new WidgetStatus(null, List.of(), List.of(), null);
    }

    public WidgetStatus withPainted(String colour) {
        return new WidgetStatus(observedGeneration, conditions, lastErrors, colour);
    }
}
