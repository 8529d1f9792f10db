package dev.fleetwright.simulator.arm;

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
    }

    /** Lets everything that is stuck go on. */
    public void release() {
        List<Sticking> rules;
        synchronized (this) {
            rules = List.copyOf(sticking);
            sticking.clear();
        }
        rules.forEach(rule -> rule.released().complete(null));
    }

    /** Takes back every rule. */
    public void clear() {
        synchronized (this) {
            failing.clear();
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
                return Optional.of(rule.error());
            }
        }
        return Optional.empty();
    }
}
