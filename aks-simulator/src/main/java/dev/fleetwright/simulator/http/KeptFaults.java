package dev.fleetwright.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Faults.Armed;
import dev.fleetwright.simulator.http.Faults.Arming;
import dev.fleetwright.simulator.http.Faults.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/** Armed rules as they outlive a process: with what is left of their counts, and the same id. */
final class KeptFaults {
    private static final String HEADERS = "headers";

    private KeptFaults() {}

    static ObjectNode document(Armed armed) {
        ObjectNode document = FaultDocuments.write(armed);
        if (armed.rule().effect() instanceof Effect.Answer(Reply reply, boolean _)) {
            ObjectNode headers = document.putObject(HEADERS);
            reply.headers().forEach(headers::put);
        }
        return document;
    }

    static Armed read(JsonNode json) {
        var rule = new Rule(
                Pattern.compile(json.path("method").asText()),
                Pattern.compile(json.path("path").asText()),
                Pattern.compile(json.path("caller").asText()),
                Duration.ofMillis(json.path("latencyMs").asLong()),
                effect(json));
        var arming = new Arming(
                json.path("skip").asInt(),
                json.path("times").asInt(),
                json.path("probability").asDouble(1),
                json.has("until") ? Instant.parse(json.path("until").asText()) : null);
        return new Armed(json.path("id").asText(), rule, arming);
    }

    private static Effect effect(JsonNode json) {
        boolean lost = json.path("loseReply").asBoolean();
        if (json.has("status")) {
            int status = json.path("status").asInt();
            Reply reply = json.hasNonNull("body") ? Reply.of(status, json.get("body")) : Reply.empty(status);
            for (var header : json.path(HEADERS).properties()) {
                reply = reply.with(header.getKey(), header.getValue().asText());
            }
            return new Effect.Answer(reply, lost);
        }
        if (json.has("loseReply")) {
            return new Effect.Silence(lost);
        }
        if (json.has("reset")) {
            return new Effect.Reset(json.path("reset").asText().equals("after"));
        }
        if (json.has("staleSeconds")) {
            return new Effect.Stale(Duration.ofSeconds(json.path("staleSeconds").asLong()));
        }
        return json.has("keepItems") ? new Effect.Partial(json.path("keepItems").asInt()) : new Effect.Nothing();
    }
}
