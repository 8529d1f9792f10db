package dev.fleetwright.simulator.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.shape.Finding.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One walk through a document along its shape. */
final class Comparison {
    private final Shapes shapes;
    private final ApiVersion version;
    private final List<Finding> findings = new ArrayList<>();

    Comparison(Shapes shapes, ApiVersion version) {
        this.shapes = shapes;
        this.version = version;
    }

    Reading of(String type, JsonNode document) {
        JsonNode read = value(new Kind.Document(type), document, "", "");
        return new Reading(read, findings);
    }

    private JsonNode object(String type, JsonNode document, String path) {
        var read = Json.object();
        for (var field : document.properties()) {
            String at = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            Optional<Property> known = shapes.property(type, field.getKey());
            if (known.isEmpty() || known.get().unknownTo(version)) {
                add(known.isEmpty() ? Fault.UNKNOWN : Fault.LATER, at, field.getKey(), "unknown field");
                if (shapes.guessed(version)) {
                    read.set(field.getKey(), field.getValue());
                }
                continue;
            }
            Property property = known.get();
            JsonNode value = field.getValue();
            read.set(property.name(), value.isNull() ? value : value(property.kind(), value, at, property.name()));
            property.limit(value).ifPresent(detail -> add(Fault.RANGE, at, property.name(), detail));
        }
        for (Property property : shapes.properties(type)) {
            if (property.required() && !property.unknownTo(version) && !read.hasNonNull(property.name())) {
                add(
                        Fault.MISSING,
                        path.isEmpty() ? property.name() : path + "." + property.name(),
                        property.name(),
                        "required");
            }
        }
        return read;
    }

    private JsonNode value(Kind kind, JsonNode value, String path, String name) {
        return switch (kind) {
            case Kind.Any any -> value;
            case Kind.Text text -> expect(value.isTextual(), value, "string", path, name);
            case Kind.Time time -> expect(value.isTextual(), value, "time.Time", path, name);
            case Kind.Whole whole -> expect(value.isIntegralNumber(), value, "int32", path, name);
            case Kind.Decimal number -> expect(value.isNumber(), value, "float64", path, name);
            case Kind.Flag flag -> expect(value.isBoolean(), value, "bool", path, name);
            case Kind.Choice choice -> choice(choice, value, path, name);
            case Kind.ListOf list -> {
                if (!value.isArray()) {
                    yield expect(false, value, "array", path, name);
                }
                var items = Json.MAPPER.createArrayNode();
                for (JsonNode item : value) {
                    items.add(value(list.item(), item, path + "[" + items.size() + "]", name));
                }
                yield items;
            }
            case Kind.MapOf map -> {
                if (!value.isObject()) {
                    yield expect(false, value, "map", path, name);
                }
                var entries = Json.object();
                for (var entry : value.properties()) {
                    String at = path + "." + entry.getKey();
                    JsonNode item = entry.getValue();
                    entries.set(entry.getKey(), item.isNull() ? item : value(map.value(), item, at, entry.getKey()));
                }
                yield entries;
            }
            case Kind.Document document ->
                value.isObject() ? object(document.type(), value, path) : expect(false, value, "struct", path, name);
        };
    }

    private JsonNode choice(Kind.Choice choice, JsonNode value, String path, String name) {
        if (!value.isTextual()) {
            return expect(false, value, "string", path, name);
        }
        String text = value.asText();
        for (String published : choice.values()) {
            if (published.equalsIgnoreCase(text)) {
                if (!published.equals(text)) {
                    add(Fault.CASING, path, name, "'" + text + "' is published as '" + published + "'.");
                }
                return new TextNode(published);
            }
        }
        if (!text.isEmpty()) {
            add(Fault.VALUE, path, name, "'" + text + "' is not one of " + choice.values() + ".");
        }
        return value;
    }

    private JsonNode expect(boolean right, JsonNode value, String wanted, String path, String name) {
        if (!right) {
            add(Fault.TYPE, path, name, "cannot unmarshal " + jsonType(value) + " into Go value of type " + wanted);
        }
        return value;
    }

    private static String jsonType(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, POJO -> "object";
            case ARRAY -> "array";
            case BOOLEAN -> "bool";
            case NUMBER -> "number";
            case STRING, BINARY -> "string";
            case NULL, MISSING -> "null";
        };
    }

    private void add(Fault fault, String path, String property, String detail) {
        findings.add(new Finding(fault, path, property, detail));
    }
}
