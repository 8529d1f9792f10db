package dev.fleetwright.simulator.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;

/**
 * A kept thing as it lies on disk.
 *
 * @param at where it is kept
 * @param as its kind
 * @param is its document
 */
public record Entry(String at, String as, ObjectNode is) {
    public static Entry of(Kept thing) {
        return new Entry(thing.keptAt(), thing.keptAs(), thing.kept());
    }

    public ObjectNode document() {
        var document = Json.object().put("at", at).put("as", as);
        document.set("is", is);
        return document;
    }

    /**
     * Reads what {@link #document} wrote.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static Entry read(JsonNode document) {
        if (!(document.path("is") instanceof ObjectNode is)
                || !document.path("at").asText("").startsWith("/")) {
            throw new IllegalArgumentException("not an entry of a state: " + document);
        }
        return new Entry(document.path("at").asText(), document.path("as").asText(), is);
    }
}
