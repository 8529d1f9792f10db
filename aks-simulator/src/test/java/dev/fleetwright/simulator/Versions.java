package dev.fleetwright.simulator;

import java.util.Arrays;
import java.util.List;

/** Kubernetes versions of the histories, and the rules of section 7 of the protocol page about them. */
final class Versions {
    /** Five minors: one more than the skew allows for. */
    static final List<String> OFFERED = List.of("1.31.11", "1.32.9", "1.33.7", "1.34.1", "1.34.2", "1.35.4", "1.36.3");

    /** What clusters are made with. */
    static final String FIRST = "1.34.1";

    /** What control planes are asked for: one version is not on offer, and most others are one step away. */
    static final List<String> OF_CLUSTERS =
            List.of("1.30.5", "1.33.7", "1.34.1", "1.34.2", "1.35.4", "1.35.4", "1.35.4", "1.36.3");

    /** What pools are asked for: often the oldest, so that their control plane cannot go far. */
    static final List<String> OF_POOLS =
            List.of("1.30.5", "1.31.11", "1.31.11", "1.31.11", "1.33.7", "1.34.1", "1.34.2", "1.35.4", "1.36.3");

    private static final int SKEW = 3;

    private Versions() {}

    /** Upward only, and one minor at a time. */
    static boolean reachable(String from, String to) {
        return OFFERED.contains(to) && compare(to, from) >= 0 && minor(to) - minor(from) <= 1;
    }

    /** A pool is never newer than its control plane, nor more than the skew behind it. */
    static boolean together(String controlPlane, String pool) {
        return OFFERED.contains(pool) && compare(pool, controlPlane) <= 0 && minor(controlPlane) - minor(pool) <= SKEW;
    }

    static int compare(String left, String right) {
        return Arrays.compare(parts(left), parts(right));
    }

    private static int minor(String version) {
        return parts(version)[1];
    }

    private static int[] parts(String version) {
        return Arrays.stream(version.split("\\.", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
