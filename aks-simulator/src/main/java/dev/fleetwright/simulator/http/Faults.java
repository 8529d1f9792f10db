package dev.fleetwright.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Trouble made on demand: the next calls that match a rule are answered wrongly, late or not at all. Thread-safe. */
public final class Faults {
    /**
     * One kind of trouble. With neither a status nor a lost reply the call is only delayed.
     *
     * @param method regular expression on the whole method
     * @param path regular expression found anywhere in the path
     * @param status what to answer instead of serving, 0 to serve
     * @param code the error code of that answer
     * @param retryAfter seconds for the Retry-After header, or null for none
     * @param latency wall-clock wait before anything else happens
     * @param loseReply serve the call, but do not tell: answer with the status, or break the connection when it is 0
     */
    public record Rule(
            Pattern method,
            Pattern path,
            int status,
            String code,
            @Nullable Integer retryAfter,
            Duration latency,
            boolean loseReply) {
        public static Rule answer(String method, String path, int status, String code) {
            return new Rule(Pattern.compile(method), Pattern.compile(path), status, code, null, Duration.ZERO, false);
        }

        public static Rule lostReply(String method, String path) {
            return new Rule(Pattern.compile(method), Pattern.compile(path), 0, "", null, Duration.ZERO, true);
        }

        public static Rule delay(String method, String path, Duration latency) {
            return new Rule(Pattern.compile(method), Pattern.compile(path), 0, "", null, latency, false);
        }

        public Rule withRetryAfter(int seconds) {
            return new Rule(method, path, status, code, seconds, latency, loseReply);
        }

        /** Reads {@code {method, path, status, code, retryAfter, latencyMs, loseReply}}; all but path optional. */
        public static Rule read(JsonNode json) {
            return new Rule(
                    Pattern.compile(json.path("method").asText(".*")),
                    Pattern.compile(json.path("path").asText("")),
                    json.path("status").asInt(0),
                    json.path("code").asText("InternalServerError"),
                    json.hasNonNull("retryAfter") ? json.get("retryAfter").asInt() : null,
                    Duration.ofMillis(json.path("latencyMs").asLong(0)),
                    json.path("loseReply").asBoolean(false));
        }

        boolean matches(String requestMethod, String requestPath) {
            return method.matcher(requestMethod).matches()
                    && path.matcher(requestPath).find();
        }

        /** The answer given instead of serving, if the rule asks for one. */
        Optional<Reply> answer() {
            if (status == 0) {
                return Optional.empty();
            }
            var body = Json.object();
            body.putObject("error").put("code", code).put("message", "Made on demand by the simulator.");
            Reply reply = Reply.of(status, body);
            return Optional.of(retryAfter == null ? reply : reply.with("Retry-After", retryAfter.toString()));
        }
    }

    private record Armed(Rule rule, int left) {}

    private final List<Armed> armed = new ArrayList<>();

    /** The next {@code times} matching calls meet this trouble. Rules are tried in the order in which they came. */
    public synchronized void next(int times, Rule rule) {
        armed.add(new Armed(rule, times));
    }

    public synchronized void clear() {
        armed.clear();
    }

    synchronized Optional<Rule> take(String method, String path) {
        for (int i = 0; i < armed.size(); i++) {
            Armed candidate = armed.get(i);
            if (candidate.rule().matches(method, path)) {
                if (candidate.left() == 1) {
                    armed.remove(i);
                } else {
                    armed.set(i, new Armed(candidate.rule(), candidate.left() - 1));
                }
                return Optional.of(candidate.rule());
            }
        }
        return Optional.empty();
    }
}
