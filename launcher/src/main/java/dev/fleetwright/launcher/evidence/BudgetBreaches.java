package dev.fleetwright.launcher.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * For how long budgets had fewer healthy pods than they need, by what the disruption controller itself wrote into the
 * status of each PodDisruptionBudget.
 */
final class BudgetBreaches {
    private BudgetBreaches() {}

    /**
     * What the disruption controller saw of one budget.
     *
     * @param budget namespace and name
     * @param healthy healthy pods
     * @param needed healthy pods that the budget needs; 0 while it covers no pod
     */
    record Sighting(Instant time, PodName budget, int healthy, int needed) {}

    /** The time below the minimum within the window, summed over all budgets; sightings in any order. */
    static Duration total(List<Sighting> sightings, Window window) {
        Map<PodName, Sighting> last = new LinkedHashMap<>();
        Duration total = Duration.ZERO;
        for (Sighting next : sightings.stream()
                .sorted(java.util.Comparator.comparing(Sighting::time))
                .toList()) {
            Sighting before = last.put(next.budget(), next);
            if (before != null) {
                total = total.plus(breach(before, next.time(), window));
            }
        }
        for (Sighting open : last.values()) {
            total = total.plus(breach(open, window.to(), window));
        }
        return total;
    }

    private static Duration breach(Sighting sighting, Instant until, Window window) {
        Instant from = sighting.time().isBefore(window.from()) ? window.from() : sighting.time();
        Instant to = until.isAfter(window.to()) ? window.to() : until;
        boolean below = sighting.healthy() < sighting.needed();
        return below && from.isBefore(to) ? Duration.between(from, to) : Duration.ZERO;
    }
}
