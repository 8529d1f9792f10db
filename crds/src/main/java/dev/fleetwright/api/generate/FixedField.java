package dev.fleetwright.api.generate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A field below a spec that cannot change, and the CEL rule that says so. The rule stands on the spec, which is always
 * there: a rule on an optional record would not see that the record came or went.
 *
 * @param path from the spec down to the field
 * @param change which changes are refused
 */
record FixedField(List<Segment> path, Change change) {

    /** Which changes are refused. */
    enum Change {
        /** Every change; an unset text equals the empty one, an unset flag equals false. */
        FIXED,
        /** Every change, including that from unset to an equivalent value; only a list may be empty or unset. */
        FIXED_STRICTLY,
        /** Every change but the first setting. */
        ONCE_SET
    }

    /**
     * One step of the path.
     *
     * @param name of the field
     * @param type in the schema
     * @param required true when it is always there below its parent
     */
    record Segment(String name, String type, boolean required) {}

    ObjectNode rule(String kind) {
        ObjectNode rule = JsonNodeFactory.instance.objectNode();
        rule.put("rule", expression());
        rule.put("message", message(kind));
        rule.put("reason", "FieldValueForbidden");
        rule.put("fieldPath", "." + dotted());
        return rule;
    }

    private String expression() {
        String neutral = neutral();
        if (neutral.isEmpty()) {
            return byPresence();
        }
        String now = valueOr(neutral, "self");
        String before = valueOr(neutral, "oldSelf");
        return (change == Change.ONCE_SET ? before + " == " + neutral + " || " : "") + now + " == " + before;
    }

    private String byPresence() {
        String now = presence("self");
        String before = presence("oldSelf");
        String same = value("self") + " == " + value("oldSelf");
        if (now.isEmpty()) {
            return same;
        }
        return change == Change.ONCE_SET
                ? "!(%s) || (%s && %s)".formatted(before, now, same)
                : "(%s) == (%s) && (!(%s) || %s)".formatted(now, before, now, same);
    }

    /** The value that means the same as unset; empty when unset is a value of its own. */
    private String neutral() {
        return switch (leaf().type()) {
            case "array" -> "[]";
            case "string" -> change == Change.FIXED_STRICTLY || leaf().required() ? "" : "''";
            case "boolean" -> change == Change.FIXED_STRICTLY ? "" : "false";
            default -> "";
        };
    }

    private String valueOr(String neutral, String base) {
        String presence = presence(base);
        return presence.isEmpty() ? value(base) : "(%s ? %s : %s)".formatted(presence, value(base), neutral);
    }

    private String presence(String base) {
        StringBuilder at = new StringBuilder(base);
        return path.stream()
                .map(segment -> {
                    at.append('.').append(segment.name());
                    return segment.required() ? "" : "has(" + at + ")";
                })
                .filter(has -> !has.isEmpty())
                .collect(Collectors.joining(" && "));
    }

    private String value(String base) {
        return base + "." + dotted();
    }

    private Segment leaf() {
        return path.get(path.size() - 1);
    }

    private String dotted() {
        return path.stream().map(Segment::name).collect(Collectors.joining("."));
    }

    private String message(String kind) {
        return switch (change) {
            case FIXED ->
                "%s is fixed at creation: restore the old value, or make another %s".formatted(dotted(), kind);
            case ONCE_SET ->
                "%s stays as it was set: restore the old value, or make another %s".formatted(dotted(), kind);
            case FIXED_STRICTLY ->
                ("%s is fixed at creation, since Azure cannot change it on an agent pool: restore the"
                                + " old value, or change it on a Nodepool, which replaces pools")
                        .formatted(dotted());
        };
    }
}
