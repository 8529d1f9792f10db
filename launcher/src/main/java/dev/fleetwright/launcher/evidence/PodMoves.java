package dev.fleetwright.launcher.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which pods were moved, and which of them twice, by the accepted evictions and the scheduler's bindings. */
final class PodMoves {
    private PodMoves() {}

    /** An eviction that the API server accepted. */
    record Eviction(Instant time, PodName pod) {}

    /** The scheduler placed a pod on a node. */
    record Binding(Instant time, PodName pod) {}

    /**
     * The evictions, within the window, of pods that were placed after the first eviction of the window: such a pod (or,
     * for a StatefulSet, the successor of the same name) had just been moved and had to move again.
     */
    static List<Eviction> again(List<Eviction> evictions, List<Binding> bindings, Window window) {
        List<Eviction> inside = evictions.stream()
                .filter(e -> window.contains(e.time()))
                .sorted(Comparator.comparing(Eviction::time))
                .toList();
        if (inside.isEmpty()) {
            return List.of();
        }
        Instant first = inside.getFirst().time();
        Map<PodName, List<Instant>> placed = new HashMap<>();
        bindings.forEach(
                b -> placed.computeIfAbsent(b.pod(), p -> new ArrayList<>()).add(b.time()));
        return inside.stream()
                .filter(e -> placed.getOrDefault(e.pod(), List.of()).stream()
                        .anyMatch(t -> t.isAfter(first) && t.isBefore(e.time())))
                .toList();
    }

    /** Evictions accepted more than once for what is one pod: no binding of that name stands between the two. */
    static List<PodName> repeated(List<Eviction> evictions, List<Binding> bindings) {
        List<PodName> repeated = new ArrayList<>();
        Map<PodName, Instant> last = new HashMap<>();
        for (Eviction eviction :
                evictions.stream().sorted(Comparator.comparing(Eviction::time)).toList()) {
            Instant before = last.put(eviction.pod(), eviction.time());
            if (before != null
                    && bindings.stream()
                            .noneMatch(b -> b.pod().equals(eviction.pod())
                                    && b.time().isAfter(before)
                                    && b.time().isBefore(eviction.time()))) {
                repeated.add(eviction.pod());
            }
        }
        return repeated;
    }
}
