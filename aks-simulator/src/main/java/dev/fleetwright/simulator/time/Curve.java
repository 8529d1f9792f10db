package dev.fleetwright.simulator.time;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** A distribution of durations given by its published quantiles, straight between them. */
public record Curve(List<Point> points) {
    /** One quantile, from 0 to 1, and its seconds of Azure time. */
    public record Point(double quantile, double seconds) {}

    public Curve {
        points = List.copyOf(points);
        if (points.getFirst().quantile() != 0 || points.getLast().quantile() != 1) {
            throw new IllegalArgumentException("a curve runs from quantile 0 to 1");
        }
    }

    /** Always the same duration. */
    public static Curve fixed(double seconds) {
        return new Curve(List.of(new Point(0, seconds), new Point(1, seconds)));
    }

    public Duration sample(RandomGenerator random) {
        return at(random.nextDouble());
    }

    Duration at(double quantile) {
        for (int i = 1; i < points.size(); i++) {
            Point low = points.get(i - 1);
            Point high = points.get(i);
            if (quantile <= high.quantile()) {
                double share = (quantile - low.quantile()) / (high.quantile() - low.quantile());
                return seconds(low.seconds() + share * (high.seconds() - low.seconds()));
            }
        }
        return seconds(points.getLast().seconds());
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
