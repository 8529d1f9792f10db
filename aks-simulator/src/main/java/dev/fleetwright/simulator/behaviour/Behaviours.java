package dev.fleetwright.simulator.behaviour;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** The position of every switch. Immutable. */
public final class Behaviours {
    private final Map<Behaviour, String> chosen;

    private Behaviours(Map<Behaviour, String> chosen) {
        this.chosen = chosen;
    }

    /** Every switch where the documentation says it is. */
    public static Behaviours standard() {
        return new Behaviours(new EnumMap<>(Behaviour.class));
    }

    /**
     * The same with one switch moved.
     *
     * @throws IllegalArgumentException when the switch does not know the value
     */
    public Behaviours with(Behaviour behaviour, String value) {
        if (!behaviour.allows(value)) {
            throw new IllegalArgumentException(
                    "behaviour " + behaviour.option() + " does not take '" + value + "', only " + behaviour.allowed());
        }
        var changed = new EnumMap<Behaviour, String>(Behaviour.class);
        changed.putAll(chosen);
        changed.put(behaviour, value);
        return new Behaviours(changed);
    }

    /**
     * The same with one switch moved, in the form {@code name=value} of the command line.
     *
     * @throws IllegalArgumentException when there is no such switch or it does not know the value
     */
    public Behaviours with(String nameAndValue) {
        int equals = nameAndValue.indexOf('=');
        String name = equals < 0 ? nameAndValue : nameAndValue.substring(0, equals);
        Behaviour behaviour = Behaviour.named(name)
                .filter(known -> equals >= 0)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + nameAndValue + "' is not of the form name=value with a known name"));
        return with(behaviour, nameAndValue.substring(equals + 1));
    }

    public String text(Behaviour behaviour) {
        return chosen.getOrDefault(behaviour, behaviour.standard());
    }

    public boolean on(Behaviour behaviour) {
        return text(behaviour).equals("true");
    }

    public int number(Behaviour behaviour) {
        return Integer.parseInt(text(behaviour));
    }

    /** Azure time; zero where the thing is off. */
    public Duration seconds(Behaviour behaviour) {
        return Duration.ofSeconds(number(behaviour));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Behaviours same && same.chosen.equals(chosen);
    }

    @Override
    public int hashCode() {
        return chosen.hashCode();
    }

    @Override
    public String toString() {
        return chosen.toString();
    }
}
