package dev.fleetwright.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Faults.Armed;
import dev.fleetwright.simulator.http.Faults.Arming;
import dev.fleetwright.simulator.http.Faults.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Fault rules as JSON. All fields are optional:
 *
 * <pre>
 * which calls  method, path, caller      regular expressions
 * how often    times, skip, probability, seconds (wall-clock time until it ends)
 * what         latencyMs, and at most one of
 *              status (with code, message, retryAfter, headers, body, envelope: "gateway" or "provider")
 *              loseReply: true           the effect, then a closed connection, or the status if there is one
 *              reset: "before", "after"  the effect
 *              staleSeconds              of Azure time
 *              keepItems                 of a list
 * </pre>
 */
public final class FaultDocuments {
    static final String MESSAGE = "Made on demand by the simulator.";

    private FaultDocuments() {}

    /** A rule that was read. */
    public record Order(Rule rule, Arming arming) {}

    /** One or more things that are wrong with a rule, in one sentence each. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(List<String> complaints) {
            super("not a fault rule: " + String.join("; ", complaints));
        }
    }

    static ObjectNode error(String code, String message) {
        var body = Json.object();
        body.putObject("error").put("code", code).put("message", message);
        return body;
    }

    private static ObjectNode unwrapped(String code, String message) {
        var body = Json.object().put("code", code);
        body.putNull("details");
        return body.put("message", message).put("subcode", "");
    }

    /**
     * Reads one rule.
     *
     * @param now what {@code seconds} count from
     * @throws Unreadable naming everything that is wrong
     */
    public static Order read(JsonNode json, Instant now) throws Unreadable {
        var fields = new Fields(json);
        Pattern method = fields.pattern("method", ".*");
        Pattern path = fields.pattern("path", "");
        Pattern caller = fields.pattern("caller", "");
        Duration latency = Duration.ofMillis(fields.number("latencyMs", 0, 0, 3_600_000));
        Effect effect = effect(fields);
        int skip = (int) fields.number("skip", 0, 0, Integer.MAX_VALUE);
        double probability = fields.fraction("probability");
        long seconds = fields.number("seconds", 0, 1, 864_000);
        boolean lasting = seconds > 0 || probability < 1 || effect instanceof Effect.Stale;
        int times = (int) fields.number("times", lasting ? 0 : 1, 1, Integer.MAX_VALUE);
        fields.end();
        return new Order(
                new Rule(method, path, caller, latency, effect),
                new Arming(skip, times, probability, seconds > 0 ? now.plusSeconds(seconds) : null));
    }

    private static Effect effect(Fields fields) {
        Optional<Reply> answer = answer(fields);
        boolean loseReply = fields.flag("loseReply");
        String reset = fields.word("reset", "", List.of("before", "after"));
        long stale = fields.number("staleSeconds", 0, 1, 864_000);
        long keep = fields.number("keepItems", -1, 0, Integer.MAX_VALUE);
        var found = new ArrayList<Effect>();
        if (answer.isPresent()) {
            found.add(new Effect.Answer(answer.get(), loseReply));
        } else if (loseReply) {
            found.add(new Effect.Silence(true));
        }
        if (!reset.isEmpty()) {
            found.add(new Effect.Reset(reset.equals("after")));
        }
        if (stale > 0) {
            found.add(new Effect.Stale(Duration.ofSeconds(stale)));
        }
        if (keep >= 0) {
            found.add(new Effect.Partial((int) keep));
        }
        if (found.size() > 1) {
            fields.complain("status, loseReply, reset, staleSeconds and keepItems exclude each other"
                    + " (but for loseReply with status)");
        }
        return found.isEmpty() ? new Effect.Nothing() : found.getFirst();
    }

    private static Optional<Reply> answer(Fields fields) {
        int status = (int) fields.number("status", 0, 200, 599);
        String code = fields.text("code", status == 429 ? "TooManyRequests" : "InternalServerError");
        String message = fields.text("message", MESSAGE);
        String envelope = fields.word("envelope", "gateway", List.of("gateway", "provider"));
        Optional<JsonNode> body = fields.any("body");
        Optional<JsonNode> headers = fields.any("headers");
        long retryAfter = fields.number("retryAfter", -1, 0, 86_400);
        if (status == 0) {
            return Optional.empty();
        }
        Reply reply = Reply.of(
                status,
                body.orElseGet(() -> envelope.equals("gateway") ? error(code, message) : unwrapped(code, message)));
        for (var header : headers.orElseGet(Json::object).properties()) {
            reply = reply.with(header.getKey(), header.getValue().asText());
        }
        return Optional.of(retryAfter < 0 ? reply : reply.with("Retry-After", Long.toString(retryAfter)));
    }

    /** A rule for whoever asks what is armed. */
    public static ObjectNode write(Armed armed) {
        Rule rule = armed.rule();
        var document = Json.object()
                .put("id", armed.id())
                .put("method", rule.method().pattern())
                .put("path", rule.path().pattern())
                .put("caller", rule.caller().pattern())
                .put("latencyMs", rule.latency().toMillis())
                .put("skip", armed.arming().skip())
                .put("times", armed.arming().times())
                .put("probability", armed.arming().probability());
        Instant until = armed.arming().until();
        if (until != null) {
            document.put("until", until.toString());
        }
        switch (rule.effect()) {
            case Effect.Nothing _ -> {}
            case Effect.Answer(Reply reply, boolean afterwards) ->
                document.put("status", reply.status())
                        .put("loseReply", afterwards)
                        .set("body", reply.body());
            case Effect.Silence(boolean afterwards) -> document.put("loseReply", afterwards);
            case Effect.Reset(boolean afterwards) -> document.put("reset", afterwards ? "after" : "before");
            case Effect.Stale(Duration age) -> document.put("staleSeconds", age.toSeconds());
            case Effect.Partial(int keep) -> document.put("keepItems", keep);
        }
        return document;
    }

    /** Reads fields and remembers what was wrong and what was never asked for. */
    private static final class Fields {
        private final JsonNode json;
        private final List<String> complaints = new ArrayList<>();
        private final List<String> known = new ArrayList<>();

        Fields(JsonNode json) {
            this.json = json;
            if (!json.isObject()) {
                complaints.add("it must be a JSON object");
            }
        }

        Optional<JsonNode> any(String name) {
            known.add(name);
            return json.hasNonNull(name) ? Optional.of(json.get(name)) : Optional.empty();
        }

        String text(String name, String standard) {
            return any(name).map(JsonNode::asText).orElse(standard);
        }

        String word(String name, String standard, List<String> allowed) {
            String word = text(name, standard);
            if (!word.equals(standard) && !allowed.contains(word)) {
                complain(name + " must be " + String.join(" or ", allowed) + ", not '" + word + "'");
            }
            return word;
        }

        boolean flag(String name) {
            Optional<JsonNode> value = any(name);
            if (value.isPresent() && !value.get().isBoolean()) {
                complain(name + " must be true or false, not " + value.get());
            }
            return value.isPresent() && value.get().asBoolean();
        }

        Pattern pattern(String name, String standard) {
            String text = text(name, standard);
            try {
                return Pattern.compile(text);
            } catch (PatternSyntaxException e) {
                complain(name + " is not a regular expression: " + e.getDescription() + " in '" + text + "'");
                return Pattern.compile(standard);
            }
        }

        long number(String name, long standard, long least, long most) {
            Optional<JsonNode> value = any(name);
            if (value.isEmpty()) {
                return standard;
            }
            if (!value.get().isIntegralNumber()
                    || value.get().asLong() < least
                    || value.get().asLong() > most) {
                complain(name + " must be a whole number from " + least + " to " + most + ", not " + value.get());
                return standard;
            }
            return value.get().asLong();
        }

        double fraction(String name) {
            Optional<JsonNode> value = any(name);
            if (value.isEmpty()) {
                return 1;
            }
            double number = value.get().asDouble(-1);
            if (!(number > 0 && number <= 1)) {
                complain(name + " must be a number above 0 and at most 1, not " + value.get());
                return 1;
            }
            return number;
        }

        void complain(String what) {
            complaints.add(what);
        }

        void end() throws Unreadable {
            for (var field : json.properties()) {
                if (!known.contains(field.getKey())) {
                    complaints.add("unknown field '" + field.getKey() + "'");
                }
            }
            if (!complaints.isEmpty()) {
                throw new Unreadable(complaints);
            }
        }
    }
}
