package dev.fleetwright.simulator.aks.model;

import com.fasterxml.jackson.databind.JsonNode;
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
        Map<String, Entry> byPath = new HashMap<>();
        entries.forEach(entry -> byPath.put(entry.at(), entry));
        Map<String, AgentPool> pools = new HashMap<>();
        of(entries, ManagedCluster.KEPT_AS, entry -> {
            var cluster = ManagedCluster.read(subscription, entry.is(), disposal);
            cluster.group().add(cluster);
            for (JsonNode name : entry.is().path(ManagedCluster.POOLS)) {
                String at = entry.at() + "/agentpools/" + name.asText();
                AgentPool pool = AgentPool.read(kept(byPath, at).is(), subscription);
                cluster.put(pool);
                pools.put(at, pool);
            }
        });
        of(entries, AgentPool.MACHINE_KEPT_AS, entry -> owner(pools, entry).put(Machine.read(entry.is())));
    }

    private static void of(Collection<Entry> entries, String kind, Consumer<Entry> work) {
        entries.stream().filter(entry -> entry.as().equals(kind)).forEach(work);
    }

    private static Entry kept(Map<String, Entry> byPath, String path) {
        Entry entry = byPath.get(path);
        if (entry == null) {
            throw new IllegalArgumentException("the state lacks " + path);
        }
        return entry;
    }

    /** The pool is two path segments further up. */
    private static AgentPool owner(Map<String, AgentPool> pools, Entry machine) {
        String path = machine.at();
        for (int i = 0; i < 2; i++) {
            path = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        }
        AgentPool pool = pools.get(path);
        if (pool == null) {
            throw new IllegalArgumentException("the state has " + machine.at() + " but not what it belongs to");
        }
        return pool;
    }
}
