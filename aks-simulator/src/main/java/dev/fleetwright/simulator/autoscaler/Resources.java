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

    /**
     * Reads quantities such as 3860m, 16Gi and 110.
     *
     * @throws IllegalArgumentException for one with another suffix
     */
    public static Resources parse(Map<String, String> quantities) {
        var amounts = new HashMap<String, Long>();
        quantities.forEach((name, quantity) -> amounts.put(name, thousandths(quantity)));
        return new Resources(amounts);
    }

    private static long thousandths(String quantity) {
        String digits = quantity.replaceAll("[^0-9]+$", "");
        long unit = switch (quantity.substring(digits.length())) {
            case "m" -> 1;
            case "" -> ONE;
            case "Ki" -> ONE << 10;
            case "Mi" -> ONE << 20;
            case "Gi" -> ONE << 30;
            default -> throw new IllegalArgumentException("not a quantity: " + quantity);
        };
        return Long.parseLong(digits) * unit;
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
