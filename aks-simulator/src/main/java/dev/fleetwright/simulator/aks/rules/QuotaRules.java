package dev.fleetwright.simulator.aks.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.Machine;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.aks.rules.VmSizes.VmSize;
import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.arm.Subscription;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Refuses what would exceed a subscription's limits in a region. */
public final class QuotaRules {
    private static final int POOL_NODES = 1000;
    private static final int FREE_CLUSTER_NODES = 1000;
    private static final int PAID_CLUSTER_NODES = 5000;

    private final Quotas quotas;
    private final VmSizes sizes;

    public QuotaRules(Quotas quotas, VmSizes sizes) {
        this.quotas = quotas;
        this.sizes = sizes;
    }

    public void requireClusterRoom(Subscription subscription, String location) {
        if (quotas.clusters() == Integer.MAX_VALUE) {
            return;
        }
        int usage = (int) clusters(subscription, location).count();
        if (usage >= quotas.clusters()) {
            throw AksErrors.clusterQuota(quotas.clusters(), usage);
        }
    }

    /** Looks at nodes on top of what the subscription runs now; negative numbers pass. */
    public void requireNodeRoom(Subscription subscription, String location, Map<String, Integer> additional) {
        excess(subscription, location, additional).ifPresent(error -> {
            throw error.unwrapped(400);
        });
    }

    /** What one more machine of a pool, which its count does not have, would exceed. */
    public Optional<ArmError> excessOfOneMore(ManagedCluster cluster, AgentPool pool) {
        return excess(
                cluster.subscription(),
                cluster.location(),
                Map.of(pool.property("vmSize").asText(), 1));
    }

    private Optional<ArmError> excess(Subscription subscription, String location, Map<String, Integer> additional) {
        boolean unlimited =
                quotas.vcpus() == Integer.MAX_VALUE && quotas.vcpusPerFamily().isEmpty();
        if (unlimited || additional.values().stream().allMatch(nodes -> nodes <= 0)) {
            // a fleet of thousands of pools need not be counted
            return Optional.empty();
        }
        var usage = new TreeMap<String, Integer>();
        clusters(subscription, location)
                .flatMap(cluster -> cluster.pools().stream())
                .forEach(pool -> add(usage, pool.property("vmSize").asText(), nodes(pool)));
        var more = new TreeMap<String, Integer>();
        additional.forEach((size, nodes) -> add(more, size, nodes));
        return more.entrySet().stream()
                .flatMap(entry -> excess(
                        entry.getKey() + " Cores",
                        location,
                        quotas.vcpusPerFamily().getOrDefault(entry.getKey(), Integer.MAX_VALUE),
                        usage.getOrDefault(entry.getKey(), 0),
                        entry.getValue())
                        .stream())
                .findFirst()
                .or(() -> excess(
                        "Total Regional Cores",
                        location,
                        quotas.vcpus(),
                        usage.values().stream().mapToInt(Integer::intValue).sum(),
                        more.values().stream().mapToInt(Integer::intValue).sum()));
    }

    /** Surge machines come on top of the count while an upgrade runs. */
    private static int nodes(AgentPool pool) {
        return pool.count()
                + (int) pool.machines().stream().filter(Machine::surge).count();
    }

    /** Documented limits: 1,000 nodes per pool; 5,000 per cluster, 1,000 in the free tier. */
    public void requireClusterSize(JsonNode settings, int nodes, int largestPool) {
        boolean free = settings.path("sku").path("tier").asText().equals("Free");
        int limit = free ? FREE_CLUSTER_NODES : PAID_CLUSTER_NODES;
        if (nodes > limit || largestPool > POOL_NODES) {
            throw AksErrors.notAllowed("The cluster would have " + nodes + " nodes and its largest pool " + largestPool
                    + "; at most " + limit + " and " + POOL_NODES + " are supported.");
        }
    }

    private void add(Map<String, Integer> vcpus, String size, int nodes) {
        VmSize known = sizes.require(size);
        vcpus.merge(known.family(), nodes * known.vcpus(), Integer::sum);
    }

    private static Optional<ArmError> excess(String what, String location, int limit, int usage, int additional) {
        return additional > 0 && (long) usage + additional > limit
                ? Optional.of(AksErrors.quota(what, location, limit, usage, additional))
                : Optional.empty();
    }

    private static Stream<ManagedCluster> clusters(Subscription subscription, String location) {
        return subscription.groups().stream()
                .flatMap(group -> group.all(ManagedCluster.class).stream())
                .filter(cluster -> cluster.location().equals(location));
    }
}
