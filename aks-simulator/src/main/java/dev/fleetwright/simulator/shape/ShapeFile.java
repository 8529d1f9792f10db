package dev.fleetwright.simulator.shape;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the table of shapes; its form is told in its own head. */
final class ShapeFile {
    private static final String FIRST = "2019-02-01";

    private final Map<String, List<String>> enums = new HashMap<>();
    private final Map<String, List<String>> lines = new LinkedHashMap<>();

    private ShapeFile() {}

    static Shapes read(String resource) {
        try (InputStream in = ShapeFile.class.getResourceAsStream(resource);
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            var file = new ShapeFile();
            file.sort(reader.lines().filter(line -> !line.startsWith("#")).toList());
            return new Shapes(file.types());
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    private void sort(List<String> all) {
        String type = "";
        for (String line : all) {
            if (line.startsWith("  ")) {
                lines.getOrDefault(type, List.of()).add(line.trim());
                continue;
            }
            List<String> words = List.of(line.split(" ", -1));
            if (words.getFirst().equals("type")) {
                type = words.get(1);
                lines.put(type, new ArrayList<>());
            } else {
                enums.put(
                        words.get(1),
                        words.stream()
                                .skip(2)
                                .map(value -> value.replace('_', ' '))
                                .toList());
            }
        }
    }

    private Map<String, Map<String, Property>> types() {
        var types = new HashMap<String, Map<String, Property>>();
        lines.forEach((type, properties) -> {
            var byName = new LinkedHashMap<String, Property>();
            for (String line : properties) {
                Property property = property(line);
                byName.put(property.name().toLowerCase(Locale.ROOT), property);
            }
            types.put(type, byName);
        });
        return Map.copyOf(types);
    }

    private Property property(String line) {
        String[] words = line.split(" ", -1);
        var marks = new HashMap<String, String>();
        for (String word : List.of(words).subList(2, words.length)) {
            int equals = word.indexOf('=');
            marks.put(equals < 0 ? word : word.substring(0, equals), equals < 0 ? "" : word.substring(equals + 1));
        }
        return new Property(
                words[0],
                kind(words[1]),
                marks.containsKey("required"),
                marks.containsKey("read-only"),
                ApiVersion.of(marks.getOrDefault("since", FIRST)),
                bound(marks, "min", Double.NEGATIVE_INFINITY),
                bound(marks, "max", Double.POSITIVE_INFINITY),
                Optional.ofNullable(marks.get("pattern")).map(Pattern::compile));
    }

    private static double bound(Map<String, String> marks, String name, double otherwise) {
        return Optional.ofNullable(marks.get(name)).map(Double::parseDouble).orElse(otherwise);
    }

    private Kind kind(String text) {
        if (text.startsWith("[")) {
            return new Kind.ListOf(kind(inner(text)));
        }
        if (text.startsWith("{")) {
            return new Kind.MapOf(kind(inner(text)));
        }
        return switch (text) {
            case "string" -> new Kind.Text();
            case "time" -> new Kind.Time();
            case "integer" -> new Kind.Whole();
            case "number" -> new Kind.Decimal();
            case "boolean" -> new Kind.Flag();
            case "any" -> new Kind.Any();
            default -> named(text);
        };
    }

    private Kind named(String name) {
        List<String> values = enums.get(name);
        if (values != null) {
            return new Kind.Choice(values);
        }
        return lines.containsKey(name) ? new Kind.Document(name) : new Kind.Any();
    }

    private static String inner(String text) {
        return text.substring(1, text.length() - 1);
    }
}
