package dev.fleetwright.simulator.aks.model;

import dev.fleetwright.simulator.arm.Subscription;
import dev.fleetwright.simulator.state.Entry;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** Makes clusters, pools and machines again from what was kept of them. Expects the subscription's lock. */
public final class KeptModel {
    private KeptModel() {}

    /**
     * Puts them into the resource groups of a subscription that has its groups and operations already.
     *
     * @param disposal what the deletion of a resource group does to a cluster
     */
    public static void read(
            Subscription subscription,
            Collection<Entry> entries,
            Function<ManagedCluster, CompletionStage<Void>> disposal) {
        Map<String, ManagedCluster> clusters = new HashMap<>();
        Map<String, AgentPool> pools = new HashMap<>();
        of(entries, ManagedCluster.KEPT_AS, entry -> {
            var cluster = ManagedCluster.read(subscription, entry.is(), disposal);
            cluster.group().add(cluster);
            clusters.put(entry.at(), cluster);
        });
        of(entries, AgentPool.KEPT_AS, entry -> {
            AgentPool pool = AgentPool.read(entry.is(), subscription);
            parent(clusters, entry).put(pool);
            pools.put(entry.at(), pool);
        });
        of(entries, AgentPool.MACHINE_KEPT_AS, entry -> parent(pools, entry).put(Machine.read(entry.is())));
    }

    private static void of(Collection<Entry> entries, String kind, Consumer<Entry> work) {
        entries.stream().filter(entry -> entry.as().equals(kind)).forEach(work);
    }

    /** The owner is two path segments further up. */
    private static <T> T parent(Map<String, T> owners, Entry entry) {
        String path = entry.at();
        for (int i = 0; i < 2; i++) {
            path = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        }
        T owner = owners.get(path);
        if (owner == null) {
            throw new IllegalArgumentException("the state has " + entry.at() + " but not what it belongs to");
        }
        return owner;
    }
}
