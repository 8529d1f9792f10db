package dev.fleetwright.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.state.Entry;
import dev.fleetwright.simulator.state.JournalFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What was ordered through the simulator's own endpoints, as it outlives the process: each kind is a short list and is kept
 * as a whole, at every change of it.
 */
final class KeptOrders {
    private static final String ALL = "/simulator/orders/";

    private final Optional<JournalFile.Opened> kept;
    private final Map<String, JsonNode> former = new TreeMap<>();

    /** Takes out of the state that was found what is not the world's. */
    KeptOrders(Optional<JournalFile.Opened> kept) {
        this.kept = kept;
        kept.ifPresent(opened -> {
            var orders = opened.state().subMap(ALL, ALL + Character.MAX_VALUE);
            orders.forEach((at, entry) -> former.put(at, entry.is().path("list")));
            orders.clear();
        });
    }

    /**
     * Lets one kind go on where it was, and keeps it from now on.
     *
     * @param list all of it; asked for under the same lock under which it changes
     * @param recall takes what list gave before
     * @param onChange is given what must be run after every change
     */
    void keep(String kind, Supplier<ArrayNode> list, Consumer<JsonNode> recall, Consumer<Runnable> onChange) {
        JsonNode before = former.get(ALL + kind);
        if (before != null) {
            recall.accept(before);
        }
        kept.ifPresent(opened -> onChange.accept(() -> {
            var document = Json.object();
            document.set("list", list.get());
            opened.journal().append(List.of(), List.of(new Entry(ALL + kind, "orders", document)));
        }));
    }
}
