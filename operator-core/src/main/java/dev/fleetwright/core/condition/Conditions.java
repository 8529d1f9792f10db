package dev.fleetwright.core.condition;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The conditions of one object at one instant. Immutable: every change gives a new set.
 *
 * <p>Built in: lastTransitionTime moves only when the status of a condition changes; the list is sorted by type;
 * {@code Reconciling} and {@code Stalled} are never true together and are absent when not true; messages are bounded.
 */
public final class Conditions {
    public static final String READY = "Ready";
    public static final String RECONCILING = "Reconciling";
    public static final String STALLED = "Stalled";
    public static final String UP_TO_DATE = "UpToDate";
    public static final String AVAILABLE = "Available";
    public static final String PAUSED = "Paused";
    public static final String DELETING = "Deleting";

    /** Characters. The API server allows 32768, but nobody reads more than this in a column or a describe. */
    private static final int LONGEST_MESSAGE = 1024;

    private final SortedMap<String, Condition> byType;
    private final long generation;
    private final Instant now;

    private Conditions(SortedMap<String, Condition> byType, long generation, Instant now) {
        this.byType = byType;
        this.generation = generation;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * The conditions a status holds, ready to be changed.
     *
     * @param existing what the status holds; the order does not matter
     * @param generation the metadata.generation that changes made from here speak of
     * @param now when changes made from here happened; whole seconds are kept
     */
    public static Conditions of(Collection<Condition> existing, long generation, Instant now) {
        SortedMap<String, Condition> byType = new TreeMap<>();
        existing.forEach(condition -> byType.put(condition.getType(), condition));
        return new Conditions(byType, generation, now);
    }

    /**
     * Sets one condition.
     *
     * @param reason stable CamelCase, not empty
     * @param message for people; deterministic, without times or ids of single calls; cut at 1024 characters
     */
    public Conditions set(String type, ConditionStatus status, String reason, String message) {
        if (status != ConditionStatus.TRUE && (type.equals(RECONCILING) || type.equals(STALLED))) {
            return remove(type);
        }
        var old = byType.get(type);
        var since = old != null && status.text().equals(old.getStatus()) && old.getLastTransitionTime() != null
                ? old.getLastTransitionTime()
                : now.toString();
        var changed = new TreeMap<>(byType);
        changed.put(
                type,
                new ConditionBuilder()
                        .withType(type)
                        .withStatus(status.text())
                        .withReason(reason)
                        .withMessage(bounded(message))
                        .withLastTransitionTime(since)
                        .withObservedGeneration(generation)
                        .build());
        if (type.equals(RECONCILING)) {
            changed.remove(STALLED);
        } else if (type.equals(STALLED)) {
            changed.remove(RECONCILING);
        }
        return new Conditions(changed, generation, now);
    }

    public Conditions setTrue(String type, String reason, String message) {
        return set(type, ConditionStatus.TRUE, reason, message);
    }

    public Conditions setFalse(String type, String reason, String message) {
        return set(type, ConditionStatus.FALSE, reason, message);
    }

    public Conditions setUnknown(String type, String reason, String message) {
        return set(type, ConditionStatus.UNKNOWN, reason, message);
    }

    public Conditions remove(String type) {
        if (!byType.containsKey(type)) {
            return this;
        }
        var changed = new TreeMap<>(byType);
        changed.remove(type);
        return new Conditions(changed, generation, now);
    }

    /** Usable and as asked for: Ready, and neither Reconciling nor Stalled. */
    public Conditions ready(String reason, String message) {
        return remove(RECONCILING).remove(STALLED).setTrue(READY, reason, message);
    }

    /**
     * We are working on it: Reconciling, no longer Stalled. A true Ready stays true (a change in progress is no
     * outage); any other Ready is False for the same reason.
     */
    public Conditions reconciling(String reason, String message) {
        var working = setTrue(RECONCILING, reason, message);
        return isTrue(READY) ? working : working.setFalse(READY, reason, message);
    }

    /** No progress without help: Stalled, not Reconciling, not Ready. */
    public Conditions stalled(String reason, String message) {
        return setTrue(STALLED, reason, message).setFalse(READY, reason, message);
    }

    public Optional<Condition> find(String type) {
        return Optional.ofNullable(byType.get(type));
    }

    public boolean isTrue(String type) {
        return is(type, ConditionStatus.TRUE);
    }

    /** False also when the condition is absent. */
    public boolean is(String type, ConditionStatus status) {
        return find(type).filter(c -> status.text().equals(c.getStatus())).isPresent();
    }

    /** Since when the condition has its present status; empty when absent or when the time cannot be read. */
    public Optional<Instant> since(String type) {
        return find(type).map(Condition::getLastTransitionTime).flatMap(Conditions::parse);
    }

    /** Sorted by type, as it goes into the status. */
    public List<Condition> list() {
        return List.copyOf(byType.values());
    }

    public long generation() {
        return generation;
    }

    public Instant now() {
        return now;
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        byType.values()
                .forEach(c -> text.append(text.isEmpty() ? "" : ", ")
                        .append("%s=%s(%s)".formatted(c.getType(), c.getStatus(), c.getReason())));
        return text.toString();
    }

    private static Optional<Instant> parse(String time) {
        try {
            return Optional.of(Instant.parse(time));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String bounded(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 1) + "…";
    }
}
