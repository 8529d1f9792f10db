package dev.fleetwright.api.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.api.schema.Atomic;
import dev.fleetwright.api.schema.MapList;
import dev.fleetwright.api.schema.SetList;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Condition;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/** Goes through a schema and the Java types behind it, side by side. */
final class SchemaWalk {
    private static final List<String> WHOLE_NUMBERS =
            List.of("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems");

    void visit(ObjectNode schema, Type type) {
        WHOLE_NUMBERS.forEach(keyword -> makeWhole(schema, keyword));
        if (type == Integer.class) {
            schema.put("format", "int32");
        } else if (type == Long.class) {
            schema.put("format", "int64");
        } else if (type instanceof ParameterizedType generic) {
            visitContents(schema, generic);
        } else if (type instanceof Class<?> record && record.isRecord()) {
            visitRecord(schema, record);
        }
    }

    private void visitContents(ObjectNode schema, ParameterizedType generic) {
        Type[] arguments = generic.getActualTypeArguments();
        if (generic.getRawType() == Map.class) {
            visit((ObjectNode) schema.path("additionalProperties"), arguments[1]);
        } else if (arguments[0] == Condition.class) {
            ConditionSchema.write(schema);
        } else {
            visit((ObjectNode) schema.path("items"), arguments[0]);
        }
    }

    private void visitRecord(ObjectNode schema, Class<?> record) {
        Rules rules = Rules.of(schema);
        for (ValidationRule rule : record.getAnnotationsByType(ValidationRule.class)) {
            rules.add(rule);
        }
        rules.writeTo(schema);
        if (record.isAnnotationPresent(Atomic.class)) {
            schema.put("x-kubernetes-map-type", "atomic");
        }
        for (RecordComponent component : record.getRecordComponents()) {
            JsonNode property = schema.path("properties").path(component.getName());
            if (!(property instanceof ObjectNode field)) {
                throw new IllegalStateException(
                        "the schema of " + record.getName() + " lacks the field " + component.getName());
            }
            visit(field, component.getGenericType());
            markList(field, component);
        }
    }

    private static void markList(ObjectNode field, RecordComponent component) {
        MapList map = component.getAnnotation(MapList.class);
        if (map != null) {
            field.put("x-kubernetes-list-type", "map");
            field.putArray("x-kubernetes-list-map-keys").add(map.key());
        }
        if (component.isAnnotationPresent(SetList.class)) {
            field.put("x-kubernetes-list-type", "set");
        }
    }

    private static void makeWhole(ObjectNode schema, String keyword) {
        JsonNode value = schema.path(keyword);
        if (value.isFloatingPointNumber() && value.doubleValue() == Math.rint(value.doubleValue())) {
            schema.put(keyword, value.longValue());
        }
    }
}
