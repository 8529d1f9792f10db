package dev.fleetwright.simulator.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All published types. Immutable. */
public final class Shapes {
    private static final Shapes PUBLISHED = ShapeFile.read("published-shapes.txt");

    /** Properties by lower-case name, by type: AKS takes names in any casing. */
    private final Map<String, Map<String, Property>> types;

    private final ApiVersion newest;

    Shapes(Map<String, Map<String, Property>> types) {
        this.types = types;
        this.newest = types.values().stream()
                .flatMap(properties -> properties.values().stream())
                .map(Property::since)
                .max(ApiVersion::compareTo)
                .orElseThrow();
    }

    public static Shapes published() {
        return PUBLISHED;
    }

    /** Compares a document with its shape in one version. */
    public Reading read(String type, JsonNode document, ApiVersion version) {
        return new Comparison(this, version).of(type, document);
    }

    /** Takes away what a version does not know. What no version knows stays. */
    public void project(String type, ObjectNode document, ApiVersion version) {
        if (version.compareTo(newest) < 0) {
            projectObject(type, document, version);
        }
    }

    /** Whether a version may have properties that are not in the table: a preview, or one that is newer than it. */
    public boolean guessed(ApiVersion version) {
        return version.preview() || version.compareTo(newest) > 0;
    }

    Optional<Property> property(String type, String name) {
        return Optional.ofNullable(require(type).get(name.toLowerCase(Locale.ROOT)));
    }

    Collection<Property> properties(String type) {
        return require(type).values();
    }

    private Map<String, Property> require(String type) {
        Map<String, Property> properties = types.get(type);
        if (properties == null) {
            throw new IllegalArgumentException("no published type " + type);
        }
        return properties;
    }

    private void projectObject(String type, ObjectNode document, ApiVersion version) {
        for (String name : document.properties().stream().map(Map.Entry::getKey).toList()) {
            Optional<Property> known = property(type, name);
            if (known.isPresent() && known.get().unknownTo(version)) {
                document.remove(name);
            } else {
                known.ifPresent(property -> projectValue(property.kind(), document.path(name), version));
            }
        }
    }

    private void projectValue(Kind kind, JsonNode value, ApiVersion version) {
        if (kind instanceof Kind.Document(String type) && value instanceof ObjectNode document) {
            projectObject(type, document, version);
        } else if (kind instanceof Kind.ListOf(Kind item)) {
            value.forEach(element -> projectValue(item, element, version));
        } else if (kind instanceof Kind.MapOf(Kind item)) {
            value.forEach(element -> projectValue(item, element, version));
        }
    }
}
