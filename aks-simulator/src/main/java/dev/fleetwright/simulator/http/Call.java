package dev.fleetwright.simulator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One request as handlers see it.
 *
 * @param base scheme, host and port as the client wrote them, without a slash at the end
 * @param rawQuery what stood behind the question mark
 * @param headers by lower-case name
 * @param variables what the route's template captured
 * @param text the body as it came; {@link #json} reads it
 * @param caller the application id of the bearer token, "-" before authentication
 */
public record Call(
        String method,
        String base,
        String path,
        String rawQuery,
        Map<String, String> query,
        Map<String, List<String>> headers,
        Map<String, String> variables,
        String text,
        JsonNode json,
        String caller) {
    /**
     * A call that has not passed a gate yet.
     *
     * @throws IllegalArgumentException when the query has a malformed escape
     */
    public static Call of(
            String method, String base, String path, String rawQuery, Map<String, List<String>> headers, String text) {
        return new Call(
                method,
                base,
                // clients that begin a scope with a slash send two; the SDK for Java does
                path.replaceFirst("^/+", "/"),
                rawQuery,
                Query.read(rawQuery),
                headers,
                Map.of(),
                text,
                MissingNode.getInstance(),
                "-");
    }

    public Call withVariables(Map<String, String> captured) {
        return new Call(method, base, path, rawQuery, query, headers, captured, text, json, caller);
    }

    public Call withJson(JsonNode document) {
        return new Call(method, base, path, rawQuery, query, headers, variables, text, document, caller);
    }

    public Call withCaller(String applicationId) {
        return new Call(method, base, path, rawQuery, query, headers, variables, text, json, applicationId);
    }

    /** Reads a body that must be JSON or empty; throws {@code malformed} when it is neither. */
    public Call parsed(Refusal malformed) {
        if (text.isEmpty()) {
            return this;
        }
        try {
            return withJson(Json.parse(text));
        } catch (JsonProcessingException e) {
            throw malformed;
        }
    }

    /** A variable that the route's template has; asking for another is a defect. */
    public String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no {" + name + "} in the route of " + path);
        }
        return value;
    }

    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    public Optional<String> queryValue(String name) {
        return query.entrySet().stream()
                .filter(e -> e.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    public String apiVersion() {
        return queryValue("api-version").orElse("");
    }

    /** The host that the client wrote, without its port. */
    public String host() {
        return base.replaceFirst("^https?://", "").replaceFirst(":\\d+$", "");
    }
}
