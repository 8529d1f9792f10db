package dev.fleetwright.simulator.arm;

import dev.fleetwright.simulator.state.Entry;
import dev.fleetwright.simulator.state.Journal;
import dev.fleetwright.simulator.state.Kept;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What has changed under a subscription's lock and is not in the journal yet. Guarded by that lock. */
final class Changes {
    private Journal journal = Journal.NOWHERE;
    private final Map<String, Kept> changed = new LinkedHashMap<>();
    private final Set<String> gone = new LinkedHashSet<>();

    void keepIn(Journal other) {
        changed.clear();
        gone.clear();
        journal = other;
    }

    void note(Kept thing) {
        if (journal.keeps()) {
            changed.put(thing.keptAt(), thing);
        }
    }

    void forget(String path) {
        if (journal.keeps()) {
            changed.remove(path);
            changed.keySet().removeIf(below -> below.startsWith(path + "/"));
            gone.add(path);
        }
    }

    /** Writes one entry for each thing as it is now. */
    void write() {
        if (changed.isEmpty() && gone.isEmpty()) {
            return;
        }
        journal.append(gone, changed.values().stream().map(Entry::of).toList());
        changed.clear();
        gone.clear();
    }
}
