package dev.fleetwright.api.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The good manifest of every kind, and the tables of changes to them. */
final class Manifests {
    static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static final Map<String, ObjectNode> BASE = base();

    private Manifests() {}

    /** A fresh copy of the good manifest of this kind, under this name. */
    static ObjectNode good(String kind, String name) {
        ObjectNode manifest = BASE.get(kind).deepCopy();
        manifest.putObject("metadata").put("name", name);
        return manifest;
    }

    static JsonNode parse(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(yaml, e);
        }
    }

    /** Every row of a table in the test resources. */
    static List<JsonNode> table(String name) {
        return read(name);
    }

    /** Merges as a JSON merge patch does: null removes, objects merge, all else replaces. */
    static ObjectNode merge(ObjectNode target, JsonNode patch) {
        patch.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                target.remove(field.getKey());
            } else if (value.isObject()) {
                JsonNode below = target.path(field.getKey());
                ObjectNode object = below instanceof ObjectNode known ? known : target.putObject(field.getKey());
                merge(object, value);
            } else {
                target.set(field.getKey(), value.deepCopy());
            }
        });
        return target;
    }

    /** The patch that sets {@code spec.<path>} to the value, with as many objects as the path has steps. */
    static ObjectNode specPatch(String path, JsonNode value) {
        ObjectNode patch = YAML.createObjectNode();
        ObjectNode at = patch.putObject("spec");
        int from = 0;
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', from)) {
            at = at.putObject(path.substring(from, dot));
            from = dot + 1;
        }
        at.set(path.substring(from), value.deepCopy());
        return patch;
    }

    private static Map<String, ObjectNode> base() {
        Map<String, ObjectNode> byKind = new TreeMap<>();
        read("base.yaml").forEach(manifest -> byKind.put(manifest.path("kind").asText(), (ObjectNode) manifest));
        return byKind;
    }

    /** The documents of a file, or the entries of its one list. */
    private static List<JsonNode> read(String name) {
        try (var stream = Manifests.class.getResourceAsStream("/manifests/" + name)) {
            return YAML.readerFor(JsonNode.class).<JsonNode>readValues(stream).readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
