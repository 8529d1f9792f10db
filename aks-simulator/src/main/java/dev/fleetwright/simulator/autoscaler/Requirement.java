package dev.fleetwright.simulator.autoscaler;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One condition on labels, of a selector or a node affinity. */
public record Requirement(String key, Operator operator, List<String> values) {
    /** How a label is compared. */
    public enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        DOES_NOT_EXIST,
        GT,
        LT
    }

    public Requirement {
        values = List.copyOf(values);
    }

    public static Requirement is(String key, String value) {
        return new Requirement(key, Operator.IN, List.of(value));
    }

    boolean holds(Map<String, String> labels) {
        String value = labels.get(key);
        return switch (operator) {
            case IN -> value != null && values.contains(value);
            case NOT_IN -> value == null || !values.contains(value);
            case EXISTS -> value != null;
            case DOES_NOT_EXIST -> value == null;
            case GT -> number(value) > number(values.getFirst());
            case LT -> number(value) < number(values.getFirst());
        };
    }

    static boolean all(List<Requirement> requirements, Map<String, String> labels) {
        return requirements.stream().allMatch(requirement -> requirement.holds(labels));
    }

    /** Not a number compares with nothing. */
    private static double number(@Nullable String text) {
        return text != null && text.matches("-?\\d+") ? Double.parseDouble(text) : Double.NaN;
    }
}
