package dev.fleetwright.simulator.autoscaler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What the autoscaler knows from earlier scans. Instants are on a clock that runs as fast as Azure's time, or on the wall
 * clock where it is kept: the former begins anew with every process.
 *
 * @param unneeded since when each node could have gone
 * @param booting since when each machine has been on its way
 * @param backedOff until when a group that failed to give nodes is left alone
 */
public record Memory(
        Map<String, Instant> unneeded,
        Map<String, Instant> booting,
        Map<String, Instant> backedOff,
        Instant lastAdd,
        Instant lastDelete,
        Instant lastFailure) {
    public static final Memory NONE = new Memory(Map.of(), Map.of(), Map.of(), Instant.MIN, Instant.MIN, Instant.MIN);

    public Memory {
        unneeded = Map.copyOf(unneeded);
        booting = Map.copyOf(booting);
        backedOff = Map.copyOf(backedOff);
    }

    /** The same on another clock. What never happened did not happen there either. */
    public Memory on(UnaryOperator<Instant> clock) {
        UnaryOperator<Instant> moved = instant -> instant.equals(Instant.MIN) ? instant : clock.apply(instant);
        return new Memory(
                on(unneeded, moved),
                on(booting, moved),
                on(backedOff, moved),
                moved.apply(lastAdd),
                moved.apply(lastDelete),
                moved.apply(lastFailure));
    }

    private static Map<String, Instant> on(Map<String, Instant> instants, UnaryOperator<Instant> clock) {
        var moved = new HashMap<String, Instant>();
        instants.forEach((name, instant) -> moved.put(name, clock.apply(instant)));
        return moved;
    }

    public ObjectNode document() {
        var document = Json.object();
        write(document.putObject("unneeded"), unneeded);
        write(document.putObject("booting"), booting);
        write(document.putObject("backedOff"), backedOff);
        return document.put("lastAdd", lastAdd.toString())
                .put("lastDelete", lastDelete.toString())
                .put("lastFailure", lastFailure.toString());
    }

    private static void write(ObjectNode document, Map<String, Instant> instants) {
        new TreeMap<>(instants).forEach((name, instant) -> document.put(name, instant.toString()));
    }

    /** Reads what {@link #document} wrote; nothing where there is nothing. */
    public static Memory read(JsonNode document) {
        return new Memory(
                instants(document.path("unneeded")),
                instants(document.path("booting")),
                instants(document.path("backedOff")),
                instant(document.path("lastAdd")),
                instant(document.path("lastDelete")),
                instant(document.path("lastFailure")));
    }

    private static Map<String, Instant> instants(JsonNode document) {
        var instants = new HashMap<String, Instant>();
        document.properties().forEach(entry -> instants.put(entry.getKey(), instant(entry.getValue())));
        return instants;
    }

    private static Instant instant(JsonNode text) {
        return text.isMissingNode() ? Instant.MIN : Instant.parse(text.asText());
    }

    /** After a scale-up that did not come to an end: nothing goes for a while. */
    public Memory failed(String group, Instant now, Instant until) {
        var groups = new HashMap<>(backedOff);
        groups.put(group, until);
        return new Memory(unneeded, booting, groups, lastAdd, lastDelete, now);
    }

    /** Nodes have gone. */
    public Memory deleted(Instant now) {
        return new Memory(unneeded, booting, backedOff, lastAdd, now, lastFailure);
    }

    Memory added(Instant now) {
        return new Memory(unneeded, booting, backedOff, now, lastDelete, lastFailure);
    }

    Memory seen(Map<String, Instant> newUnneeded, Map<String, Instant> newBooting) {
        return new Memory(newUnneeded, newBooting, backedOff, lastAdd, lastDelete, lastFailure);
    }
}
