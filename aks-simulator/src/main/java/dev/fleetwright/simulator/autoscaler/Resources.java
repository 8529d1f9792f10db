package dev.fleetwright.simulator.autoscaler;

import java.util.HashMap;
import java.util.Map;

/** Amounts by resource name, each in thousandths of its unit: millicores, thousandths of a byte. Absent is zero. */
public record Resources(Map<String, Long> thousandths) {
    public static final Resources NONE = new Resources(Map.of());
    private static final String PODS = "pods";
    private static final long ONE = 1000;

    public Resources {
        thousandths = Map.copyOf(thousandths);
    }

    /** What one pod costs with these requests: itself is one of the node's pods. */
    public static Resources ofPod(Map<String, Long> requests) {
        var all = new HashMap<>(requests);
        all.put(PODS, ONE);
        return new Resources(all);
    }

    public Resources plus(Resources other) {
        var sum = new HashMap<>(thousandths);
        other.thousandths.forEach((name, amount) -> sum.merge(name, amount, Long::sum));
        return new Resources(sum);
    }

    Resources minus(Resources other) {
        var rest = new HashMap<>(thousandths);
        other.thousandths.forEach((name, amount) -> rest.merge(name, -amount, Long::sum));
        return new Resources(rest);
    }

    /** Whether every amount of {@code needed} is there. */
    boolean covers(Resources needed) {
        return needed.thousandths.entrySet().stream()
                .allMatch(need -> need.getValue() == 0 || of(need.getKey()) >= need.getValue());
    }

    /** The larger of the shares of processor and memory that {@code used} takes of these. */
    double utilization(Resources used) {
        return Math.max(share("cpu", used), share("memory", used));
    }

    private double share(String name, Resources used) {
        long all = of(name);
        return all == 0 ? 0 : (double) used.of(name) / all;
    }

    private long of(String name) {
        return thousandths.getOrDefault(name, 0L);
    }
}
