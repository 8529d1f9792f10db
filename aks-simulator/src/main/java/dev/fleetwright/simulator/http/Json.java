package dev.fleetwright.simulator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Documents as trees: the only form in which absent, null, false and empty stay four different things. */
public final class Json {
    public static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static JsonNode parse(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Reads a document that ships with the simulator. */
    public static ObjectNode resource(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            return (ObjectNode) MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** True for absent, null, false, empty object and empty list: what Azure's replies do not tell apart. */
    public static boolean isUnset(JsonNode node) {
        return node.isMissingNode()
                || node.isNull()
                || (node.isBoolean() && !node.booleanValue())
                || (node.isContainerNode() && node.isEmpty());
    }

    /** Lays {@code over} on {@code base}: objects merge, everything else replaces, null and absent leave the base. */
    public static void overlay(ObjectNode base, JsonNode over) {
        for (var field : over.properties()) {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                continue;
            }
            if (value.isObject() && base.get(field.getKey()) instanceof ObjectNode below) {
                overlay(below, value);
            } else {
                base.set(field.getKey(), value.deepCopy());
            }
        }
    }
}
