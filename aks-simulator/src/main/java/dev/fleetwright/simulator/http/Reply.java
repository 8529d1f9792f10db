package dev.fleetwright.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes back: a status, headers beyond the common ones, and a document or nothing. */
public record Reply(
        int status, Map<String, String> headers, @Nullable JsonNode body) {
    public Reply {
        headers = Map.copyOf(headers);
    }

    public static Reply of(int status, JsonNode body) {
        return new Reply(status, Map.of(), body);
    }

    public static Reply empty(int status) {
        return new Reply(status, Map.of(), null);
    }

    public Reply with(String header, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Reply(status, all, body);
    }
}
