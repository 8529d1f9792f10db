package dev.fleetwright.simulator.aks.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.fleetwright.simulator.http.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Machines that are to boot late, or never, on demand. Thread-safe. */
public final class Boots {
    /** Longer than any test and any patience: the machine runs, but no node ever comes of it. */
    static final Duration NEVER = Duration.ofDays(3650);

    private record Armed(Pattern pool, Duration late) {}

    private final List<Armed> armed = new ArrayList<>();
    private Runnable changed = () -> {};

    /** Every order, as {@link #recall} takes it. */
    public synchronized ArrayNode kept() {
        ArrayNode all = Json.MAPPER.createArrayNode();
        armed.forEach(order -> all.addObject()
                .put("pool", order.pool().pattern())
                .put("late", order.late().toString()));
        return all;
    }

    public synchronized void recall(JsonNode kept) {
        kept.forEach(order -> armed.add(new Armed(
                Pattern.compile(order.path("pool").asText()),
                Duration.parse(order.path("late").asText()))));
    }

    /** From now on this runs after every change, before anybody else can make one. */
    public synchronized void onChange(Runnable told) {
        changed = told;
    }

    /**
     * The next machines that boot are late.
     *
     * @param pool regular expression found in the pool's ARM id
     * @param late Azure time on top of what it takes anyway
     */
    public synchronized void late(int times, String pool, Duration late) {
        var rule = new Armed(Pattern.compile(pool), late);
        for (int i = 0; i < times; i++) {
            armed.add(rule);
        }
        changed.run();
    }

    /** The next machines never become nodes. */
    public void never(int times, String pool) {
        late(times, pool, NEVER);
    }

    public synchronized void clear() {
        armed.clear();
        changed.run();
    }

    /** By how much a machine of the pool is late; what was ordered is used up by that. */
    synchronized Duration take(String poolId) {
        for (Armed rule : armed) {
            if (rule.pool().matcher(poolId).find()) {
                armed.remove(rule);
                changed.run();
                return rule.late();
            }
        }
        return Duration.ZERO;
    }
}
