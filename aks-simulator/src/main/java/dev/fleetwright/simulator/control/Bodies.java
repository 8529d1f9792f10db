package dev.fleetwright.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.http.Call;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.http.Refusal;
import dev.fleetwright.simulator.http.Reply;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads what the simulator's own endpoints are sent; whatever is wrong becomes one clear 400. */
final class Bodies {
    private Bodies() {}

    static JsonNode json(Call call) {
        return call.parsed(refused("the body is not JSON")).json();
    }

    static Refusal refused(String message) {
        return refused(400, message);
    }

    static Refusal refused(int status, String message) {
        return new Refusal(message, Reply.of(status, Json.object().put("message", message)));
    }

    static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw refused("'" + text + "' is not a time such as 2026-11-21T21:00:00Z");
        }
    }

    static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw refused("'" + text + "' is not a regular expression: " + e.getDescription());
        }
    }
}
