package dev.fleetwright.simulator.upgrade;

/**
 * How many nodes an upgrade adds, and how many it takes away without replacement, at a time.
 *
 * @param surge nodes added beforehand
 * @param unavailable nodes that may be missing
 */
public record SurgePlan(int surge, int unavailable) {
    /**
     * Reads {@code maxSurge} and {@code maxUnavailable}, each a number or a percentage of the pool's nodes; fractions of a
     * node are rounded up (published specification). A surge beyond the pool's size helps nobody and is cut.
     */
    public static SurgePlan of(String maxSurge, String maxUnavailable, int nodes) {
        return new SurgePlan(Math.min(count(maxSurge, nodes), nodes), Math.min(count(maxUnavailable, nodes), nodes));
    }

    /** Spot pools surge never: one node after the other goes, or as many as may be missing (documented). */
    public static SurgePlan spot(String maxUnavailable, int nodes) {
        return new SurgePlan(0, Math.max(1, count(maxUnavailable, nodes)));
    }

    /** The same without surge: a node at a time goes and comes back, or as many as may be missing. */
    public SurgePlan inPlace() {
        return new SurgePlan(0, Math.max(1, unavailable));
    }

    /** How many nodes are drained side by side. Nobody can upgrade a pool without touching a node: at least one. */
    int width() {
        return Math.max(1, surge + unavailable);
    }

    /** How many nodes {@code maxBlockedNodes}, a number or a percentage, allows; unset it is the surge. */
    public static int blocked(String maxBlockedNodes, SurgePlan plan, int nodes) {
        return maxBlockedNodes.isBlank() ? plan.surge() : count(maxBlockedNodes, nodes);
    }

    private static int count(String value, int nodes) {
        String text = value.strip();
        if (text.isEmpty()) {
            return 0;
        }
        if (!text.endsWith("%")) {
            return Integer.parseInt(text);
        }
        int percent = Integer.parseInt(text.substring(0, text.length() - 1));
        return Math.ceilDiv(percent * nodes, 100);
    }
}
