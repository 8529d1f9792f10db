package dev.fleetwright.api.generate;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The schema of {@code metav1.Condition} as Kubernetes' own types have it; fabric8's class carries neither the required
 * fields nor the bounds.
 */
final class ConditionSchema {
    private ConditionSchema() {}

    /** Turns the list into a map by type, with complete items; its description stays. */
    static void write(ObjectNode list) {
        list.put("maxItems", 64);
        list.put("x-kubernetes-list-type", "map");
        list.putArray("x-kubernetes-list-map-keys").add("type");
        ObjectNode item = list.putObject("items");
        item.put("type", "object");
        item.putArray("required")
                .add("lastTransitionTime")
                .add("message")
                .add("reason")
                .add("status")
                .add("type");
        ObjectNode fields = item.putObject("properties");
        text(fields, "type", "What is said to hold or not, in CamelCase.", 316)
                .put("pattern", "^([A-Za-z0-9][-A-Za-z0-9_./]*)?[A-Za-z0-9]$");
        text(fields, "status", "True, False or Unknown.", 7)
                .putArray("enum")
                .add("True")
                .add("False")
                .add("Unknown");
        text(fields, "reason", "Why, as one stable word for programs.", 1024)
                .put("minLength", 1)
                .put("pattern", "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$");
        text(fields, "message", "Why, and what to do about it, for people.", 32768);
        text(fields, "lastTransitionTime", "When status last changed.", 0).put("format", "date-time");
        fields.putObject("observedGeneration")
                .put("type", "integer")
                .put("format", "int64")
                .put("minimum", 0)
                .put("description", "The metadata.generation this speaks of.");
    }

    private static ObjectNode text(ObjectNode fields, String name, String description, int maxLength) {
        ObjectNode field = fields.putObject(name).put("type", "string").put("description", description);
        if (maxLength > 0) {
            field.put("maxLength", maxLength);
        }
        return field;
    }
}
