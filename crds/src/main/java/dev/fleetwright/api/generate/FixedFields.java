package dev.fleetwright.api.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.api.schema.Fixed;
import dev.fleetwright.api.v1alpha1.AgentPoolProperty;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/** Finds the fields of a spec that are fixed at creation: by annotation, and by the table of agent pool properties. */
final class FixedFields {
    private FixedFields() {}

    /** The fields that the records mark, in the order of the records. */
    static List<FixedField> of(Class<?> spec, ObjectNode schema) {
        List<FixedField> found = new ArrayList<>();
        collect(spec, schema, List.of(), found);
        return found;
    }

    /** The fields of an agent pool that take another pool to change: told apart strictly, as the planner does. */
    static List<FixedField> ofAgentPools(ObjectNode spec) {
        JsonNode template = spec.path("properties").path("template");
        List<FixedField> found = new ArrayList<>();
        for (AgentPoolProperty property : AgentPoolProperty.values()) {
            if (property.change() == AgentPoolProperty.Change.REPLACE) {
                FixedField.Segment field = segment(template, property.field());
                found.add(new FixedField(List.of(segment(spec, "template"), field), FixedField.Change.FIXED_STRICTLY));
            }
        }
        return found;
    }

    private static void collect(
            Class<?> record, JsonNode schema, List<FixedField.Segment> above, List<FixedField> found) {
        for (RecordComponent component : record.getRecordComponents()) {
            List<FixedField.Segment> path = new ArrayList<>(above);
            path.add(segment(schema, component.getName()));
            Fixed fixed = component.getAnnotation(Fixed.class);
            if (fixed != null) {
                found.add(new FixedField(path, fixed.onceSet() ? FixedField.Change.ONCE_SET : FixedField.Change.FIXED));
            } else if (component.getType().isRecord()) {
                JsonNode below = schema.path("properties").path(component.getName());
                collect(component.getType(), below, path, found);
            }
        }
    }

    private static FixedField.Segment segment(JsonNode schema, String name) {
        boolean required = false;
        for (JsonNode field : schema.path("required")) {
            required |= field.asText().equals(name);
        }
        JsonNode property = schema.path("properties").path(name);
        if (property.isMissingNode()) {
            throw new IllegalStateException("no field " + name + " in " + schema.path("properties"));
        }
        return new FixedField.Segment(name, property.path("type").asText(), required);
    }
}
