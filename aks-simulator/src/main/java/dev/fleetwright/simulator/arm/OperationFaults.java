package dev.fleetwright.simulator.arm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Operations that are to fail: accepted as ever, and Failed when their work begins. Thread-safe. */
public final class OperationFaults {
    private record Armed(Pattern kind, Pattern subject, ArmError error) {}

    private final List<Armed> armed = new ArrayList<>();

    /**
     * Lets the next operations fail.
     *
     * @param kind regular expression found in the operation's kind, such as "create agentpool"
     * @param subject regular expression found in the ARM id that it works on
     */
    public synchronized void failNext(int times, String kind, String subject, String code, String message) {
        var rule = new Armed(Pattern.compile(kind), Pattern.compile(subject), new ArmError(code, message));
        for (int i = 0; i < times; i++) {
            armed.add(rule);
        }
    }

    public synchronized void clear() {
        armed.clear();
    }

    /** The error that this operation is to end with, if one was ordered; it is used up by that. */
    public synchronized Optional<ArmError> take(Operation operation) {
        for (Armed rule : armed) {
            if (rule.kind().matcher(operation.kind()).find()
                    && rule.subject().matcher(operation.subject()).find()) {
                armed.remove(rule);
                return Optional.of(rule.error());
            }
        }
        return Optional.empty();
    }
}
