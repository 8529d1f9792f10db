package dev.fleetwright.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** Operations that are to fail or to get stuck: accepted as ever, and in trouble when their work begins. Thread-safe. */
public final class OperationFaults {
    private static final CompletableFuture<Void> FREE = CompletableFuture.completedFuture(null);

    private record Failing(Pattern kind, Pattern subject, ArmError error) {
        boolean matches(Operation operation) {
            return kind.matcher(operation.kind()).find()
                    && subject.matcher(operation.subject()).find();
        }
    }

    /** A rule that holds until it is taken back. */
    private record Sticking(Pattern kind, Pattern subject, CompletableFuture<Void> released) {
        boolean matches(Operation operation) {
            return kind.matcher(operation.kind()).find()
                    && subject.matcher(operation.subject()).find();
        }
    }

    private final List<Failing> failing = new ArrayList<>();
    private final List<Sticking> sticking = new ArrayList<>();
    private Runnable changed = () -> {};

    /** Every rule, as {@link #recall} takes it. */
    public synchronized ArrayNode kept() {
        ArrayNode all = Json.MAPPER.createArrayNode();
        for (Failing rule : failing) {
            ObjectNode document = document(rule.kind(), rule.subject());
            document.set("error", rule.error().document());
            all.add(document);
        }
        sticking.forEach(rule -> all.add(document(rule.kind(), rule.subject())));
        return all;
    }

    private static ObjectNode document(Pattern kind, Pattern subject) {
        return Json.object().put("kind", kind.pattern()).put("subject", subject.pattern());
    }

    public synchronized void recall(JsonNode kept) {
        for (JsonNode rule : kept) {
            Pattern kind = Pattern.compile(rule.path("kind").asText());
            Pattern subject = Pattern.compile(rule.path("subject").asText());
            ArmError.read(rule.path("error"))
                    .ifPresentOrElse(
                            error -> failing.add(new Failing(kind, subject, error)),
                            () -> sticking.add(new Sticking(kind, subject, new CompletableFuture<>())));
        }
    }

    /** From now on this runs after every change, before anybody else can make one. */
    public synchronized void onChange(Runnable told) {
        changed = told;
    }

    /**
     * Lets the next operations fail.
     *
     * @param kind regular expression found in the operation's kind, such as "create agentpool"
     * @param subject regular expression found in the ARM id that it works on
     */
    public synchronized void failNext(int times, String kind, String subject, String code, String message) {
        var rule = new Failing(Pattern.compile(kind), Pattern.compile(subject), new ArmError(code, message));
        for (int i = 0; i < times; i++) {
            failing.add(rule);
        }
        changed.run();
    }

    /**
     * Lets operations make no progress, for as long as the rule stands; {@link #release} lets them go on. An abort or a
     * deletion ends them as ever.
     *
     * @param kind regular expression found in the operation's kind
     * @param subject regular expression found in the ARM id that it works on
     */
    public synchronized void stick(String kind, String subject) {
        sticking.add(new Sticking(Pattern.compile(kind), Pattern.compile(subject), new CompletableFuture<>()));
        changed.run();
    }

    /** Lets everything that is stuck go on. */
    public void release() {
        List<Sticking> rules;
        synchronized (this) {
            rules = List.copyOf(sticking);
            sticking.clear();
            if (!rules.isEmpty()) {
                changed.run();
            }
        }
        rules.forEach(rule -> rule.released().complete(null));
    }

    /** Takes back every rule. */
    public void clear() {
        synchronized (this) {
            boolean any = !failing.isEmpty();
            failing.clear();
            if (any) {
                changed.run();
            }
        }
        release();
    }

    /** Completes when the operation may go on. */
    public synchronized CompletableFuture<Void> stuck(Operation operation) {
        return sticking.stream()
                .filter(rule -> rule.matches(operation))
                .findFirst()
                .map(Sticking::released)
                .orElse(FREE);
    }

    /** The error that this operation is to end with, if one was ordered; it is used up by that. */
    public synchronized Optional<ArmError> take(Operation operation) {
        for (Failing rule : failing) {
            if (rule.matches(operation)) {
                failing.remove(rule);
                changed.run();
                return Optional.of(rule.error());
            }
        }
        return Optional.empty();
    }
}
