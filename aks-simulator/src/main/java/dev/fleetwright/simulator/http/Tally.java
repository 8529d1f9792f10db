package dev.fleetwright.simulator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** How many calls there were, by what, whose and how they ended. Never forgets; its size is bounded by its dimensions. */
public final class Tally {
    /**
     * One kind of call.
     *
     * @param bucket code of the throttling bucket; empty where the provider has none
     */
    public record Row(String operation, String bucket, String method, String caller, int status) {
        private String value(Dimension dimension) {
            return switch (dimension) {
                case OPERATION -> operation;
                case BUCKET -> bucket;
                case METHOD -> method;
                case CALLER -> caller;
                case STATUS -> Integer.toString(status);
            };
        }
    }

    /** What calls are counted by. */
    public enum Dimension {
        OPERATION,
        BUCKET,
        METHOD,
        CALLER,
        STATUS;

        /** In lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Dimension> named(String label) {
            return Arrays.stream(values())
                    .filter(dimension -> dimension.label().equals(label))
                    .findFirst();
        }
    }

    private final Map<Row, LongAdder> counts = new ConcurrentHashMap<>();

    void count(Row row) {
        counts.computeIfAbsent(row, first -> new LongAdder()).increment();
    }

    /** Calls that fit, added up over everything but the given dimensions; most frequent first. */
    public ArrayNode sums(List<Dimension> by, Predicate<Row> wanted) {
        var sums = new TreeMap<List<String>, Long>(Comparator.comparing(List::toString));
        counts.forEach((row, count) -> {
            if (wanted.test(row)) {
                sums.merge(by.stream().map(row::value).toList(), count.sum(), Long::sum);
            }
        });
        ArrayNode rows = Json.MAPPER.createArrayNode();
        sums.entrySet().stream()
                .sorted(Map.Entry.<List<String>, Long>comparingByValue().reversed())
                .forEach(sum -> {
                    ObjectNode row = rows.addObject();
                    for (int i = 0; i < by.size(); i++) {
                        row.put(by.get(i).label(), sum.getKey().get(i));
                    }
                    row.put("count", sum.getValue());
                });
        return rows;
    }
}
