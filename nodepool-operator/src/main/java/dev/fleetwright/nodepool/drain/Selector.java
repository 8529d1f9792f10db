package dev.fleetwright.nodepool.drain;

import java.util.List;
import java.util.Map;

/**
 * A label selector.
 *
 * @param nothing true for an absent selector, which selects no pod; an empty one selects every pod of the namespace
 */
public record Selector(boolean nothing, Map<String, String> labels, List<Requirement> requirements) {
    public Selector {
        labels = Map.copyOf(labels);
        requirements = List.copyOf(requirements);
    }

    /** Selects pods that carry all of these labels. */
    public static Selector of(Map<String, String> labels) {
        return new Selector(false, labels, List.of());
    }

    /** One match expression: In, NotIn, Exists or DoesNotExist. An operator that we do not know matches nothing. */
    public record Requirement(String key, String operator, List<String> values) {
        public Requirement {
            values = List.copyOf(values);
        }

        boolean matches(Map<String, String> of) {
            String value = of.get(key);
            return switch (operator) {
                case "In" -> value != null && values.contains(value);
                case "NotIn" -> value == null || !values.contains(value);
                case "Exists" -> value != null;
                case "DoesNotExist" -> value == null;
                default -> false;
            };
        }
    }

    boolean matches(Map<String, String> of) {
        return !nothing
                && of.entrySet().containsAll(labels.entrySet())
                && requirements.stream().allMatch(r -> r.matches(of));
    }
}
