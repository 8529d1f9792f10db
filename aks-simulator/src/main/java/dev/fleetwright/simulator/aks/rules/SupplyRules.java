package dev.fleetwright.simulator.aks.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.upgrade.SurgePlan;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Refuses what Azure can be known not to have before anything is made: sizes, and addresses in subnets. */
public final class SupplyRules {
    private final Supplier<List<SupplyLimit>> limits;

    public SupplyRules(Supplier<List<SupplyLimit>> limits) {
        this.limits = limits;
    }

    /** Looks at the zones that the pool asks for, too; one that asks for none gets any. */
    void requireOffered(String location, JsonNode pool) {
        for (SupplyLimit limit : limits.get()) {
            if (!limit.offered() && limit.of(location, pool) && asksFor(pool, limit.zone())) {
                throw AksErrors.sizeNotOffered(pool.path("vmSize").asText(), location, limit.zone());
            }
        }
    }

    private static boolean asksFor(JsonNode pool, String zone) {
        if (zone.isEmpty()) {
            return true;
        }
        for (JsonNode wanted : pool.path("availabilityZones")) {
            if (wanted.asText().equals(zone)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Looks at the addresses of subnets that somebody has declared; what needs no more than before passes.
     *
     * @param wanted properties of pools that are new in the cluster, or that change
     */
    void requireAddresses(ManagedCluster cluster, Map<AgentPool, ? extends JsonNode> wanted) {
        for (SupplyLimit limit : limits.get()) {
            if (limit.addresses() != SupplyLimit.BOUNDLESS) {
                requireAddresses(limit, cluster, wanted);
            }
        }
    }

    private static void requireAddresses(
            SupplyLimit limit, ManagedCluster cluster, Map<AgentPool, ? extends JsonNode> wanted) {
        long needed = wanted.values().stream()
                .mapToLong(pool -> needed(limit, cluster, pool))
                .sum();
        long before = cluster.pools().stream()
                .filter(wanted::containsKey)
                .mapToLong(pool -> needed(limit, cluster, pool.properties()))
                .sum();
        long others = Stream.concat(
                        Stream.of(cluster),
                        cluster.subscription().groups().stream()
                                .flatMap(group -> group.all(ManagedCluster.class).stream()))
                .distinct()
                .flatMapToLong(other -> other.pools().stream()
                        .filter(pool -> !wanted.containsKey(pool))
                        .mapToLong(pool -> needed(limit, other, pool.properties())))
                .sum();
        if (needed > before && others + needed > limit.addresses()) {
            String subnet = wanted.values().stream()
                    .map(pool -> pool.path("vnetSubnetID").asText(""))
                    .filter(id -> !id.isEmpty())
                    .findFirst()
                    .orElse(limit.subnet());
            throw AksErrors.subnetTooSmall(subnet, needed, limit.addresses() - others, others > 0);
        }
    }

    private static long needed(SupplyLimit limit, ManagedCluster cluster, JsonNode pool) {
        return limit.of(cluster.location(), pool)
                ? addresses(cluster.properties().path("networkProfile"), pool)
                : 0;
    }

    /**
     * Documented: (nodes + surge) x (1 + maxPods) where pods have addresses of the subnet; the pre-check takes an autoscaled
     * pool for as large as it may become (reported). Pods of an overlay, or with a subnet of their own, need none here.
     */
    static long addresses(JsonNode network, JsonNode pool) {
        int nodes = pool.path("enableAutoScaling").asBoolean()
                ? Math.max(pool.path("count").asInt(), pool.path("maxCount").asInt())
                : pool.path("count").asInt();
        boolean spot = pool.path("scaleSetPriority").asText().equals("Spot");
        JsonNode settings = pool.path("upgradeSettings");
        int surge = spot
                ? 0
                : SurgePlan.of(settings.path("maxSurge").asText("10%"), "0", nodes)
                        .surge();
        boolean flat = network.path("networkPlugin").asText().equals("azure")
                && !network.path("networkPluginMode").asText().equals("overlay")
                && pool.path("podSubnetID").asText("").isEmpty();
        return (long) (nodes + surge) * (flat ? 1 + pool.path("maxPods").asInt() : 1);
    }
}
