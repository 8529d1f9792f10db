package dev.fleetwright.simulator;

import dev.fleetwright.simulator.state.Entry;
import dev.fleetwright.simulator.state.Journal;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** What a journal file would hold when it is read. */
final class MemoryJournal implements Journal {
    private final TreeMap<String, Entry> entries = new TreeMap<>();
    private long writes;

    /** How often something was written. */
    long writes() {
        return writes;
    }

    List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    @Override
    public boolean keeps() {
        return true;
    }

    @Override
    public void append(Collection<String> gone, Collection<Entry> changed) {
        writes++;
        for (String path : gone) {
            entries.remove(path);
            entries.subMap(path + "/", path + "0").clear();
        }
        changed.forEach(entry -> entries.put(entry.at(), entry));
    }

    @Override
    public void close() {}
}
