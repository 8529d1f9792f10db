package dev.fleetwright.simulator.aks;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** Names clusters for the backend: after themselves, but never two alike, not even one after the other. */
final class ClusterKeys {
    private static final int LONGEST = 40;

    private final Set<String> taken = new HashSet<>();

    /** Notes a key that is in use. */
    synchronized void take(String key) {
        taken.add(key);
    }

    synchronized String next(String clusterName) {
        String readable = clusterName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
        String key = readable.substring(0, Math.min(LONGEST, readable.length()));
        String unique = taken.contains(key) || key.endsWith("-")
                ? key + "-" + UUID.randomUUID().toString().substring(0, 8)
                : key;
        taken.add(unique);
        return unique;
    }
}
