package dev.fleetwright.simulator.aks.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.aks.rules.PoolRules.Admitted;
import dev.fleetwright.simulator.behaviour.Behaviour;
import dev.fleetwright.simulator.behaviour.Behaviours;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules that a pool has to keep as part of its cluster, on top of those that it keeps alone. Expects the lock. */
public final class PoolAdmission {
    private static final int MOST_POOLS = 100;

    private final PoolRules rules;
    private final QuotaRules quotas;
    private final SupplyRules supply;
    private final Behaviours behaviours;
    private final RandomGenerator random;

    public PoolAdmission(
            PoolRules rules, QuotaRules quotas, SupplyRules supply, Behaviours behaviours, RandomGenerator random) {
        this.rules = rules;
        this.quotas = quotas;
        this.supply = supply;
        this.behaviours = behaviours;
        this.random = random;
    }

    /** The pools that a cluster is created with: at least one, at least one of them a System pool. */
    public List<AgentPool> firstPools(ManagedCluster cluster, JsonNode profiles) {
        var pools = new LinkedHashMap<String, AgentPool>();
        for (JsonNode profile : profiles) {
            AgentPool pool = admit(cluster, profile.path("name").asText(""), profile);
            if (pools.put(pool.name(), pool) != null) {
                throw AksErrors.invalid("agentPoolProfile.name", "The name '" + pool.name() + "' is used twice.");
            }
        }
        if (pools.values().stream().noneMatch(AgentPool::system)) {
            throw AksErrors.invalid("agentPoolProfiles", "A managed cluster needs at least one System agent pool.");
        }
        requireOneNetwork(pools.values());
        requireSize(cluster, pools.values().stream().map(AgentPool::count).toList());
        supply.requireAddresses(
                cluster, pools.values().stream().collect(Collectors.toMap(pool -> pool, AgentPool::properties)));
        return new ArrayList<>(pools.values());
    }

    public AgentPool create(ManagedCluster cluster, String name, JsonNode properties) {
        AgentPool pool = admit(cluster, name, properties);
        if (cluster.pools().size() >= MOST_POOLS) {
            throw AksErrors.notAllowed("The cluster has " + MOST_POOLS + " agent pools already, which is the limit.");
        }
        requireOneNetwork(
                Stream.concat(cluster.pools().stream(), Stream.of(pool)).toList());
        quotas.requireNodeRoom(
                cluster.subscription(),
                cluster.location(),
                Map.of(pool.property("vmSize").asText(), pool.count()));
        var counts =
                new ArrayList<>(cluster.pools().stream().map(AgentPool::count).toList());
        counts.add(pool.count());
        requireSize(cluster, counts);
        supply.requireAddresses(cluster, Map.of(pool, pool.properties()));
        return pool;
    }

    /** Documented: all pools of a cluster are in subnets of one virtual network. */
    private static void requireOneNetwork(Collection<AgentPool> pools) {
        long networks = pools.stream()
                .map(pool -> pool.property("vnetSubnetID").asText("").toLowerCase(Locale.ROOT))
                .map(subnet -> subnet.replaceFirst("/subnets/.*", ""))
                .distinct()
                .count();
        if (networks > 1) {
            throw AksErrors.invalid(
                    "agentPoolProfile.vnetSubnetID", "All agent pools must be in the same virtual network.");
        }
    }

    private AgentPool admit(ManagedCluster cluster, String name, JsonNode properties) {
        Admitted admitted = rules.create(
                name,
                properties,
                new PoolRules.Home(
                        cluster.properties().path("kubernetesVersion").asText(),
                        cluster.version(),
                        cluster.location(),
                        cluster.properties().path("networkProfile")));
        supply.requireOffered(cluster.location(), admitted.properties());
        String digits = behaviours.on(Behaviour.REUSED_SCALE_SETS)
                ? cluster.formerDigits(name).orElseGet(this::newDigits)
                : newDigits();
        return new AgentPool(name, digits, admitted.properties(), admitted.version());
    }

    private String newDigits() {
        synchronized (random) {
            return Integer.toString(random.nextInt(10_000_000, 100_000_000));
        }
    }

    public Admitted update(ManagedCluster cluster, AgentPool pool, JsonNode properties) {
        Admitted admitted = rules.update(pool, properties, cluster.version(), cluster.location());
        requireTogether(cluster, Map.of(pool, admitted));
        return admitted;
    }

    /** What a cluster PUT asks of pools that exist. It cannot add pools; those that it omits stay as they are. */
    public Map<AgentPool, Admitted> changes(ManagedCluster cluster, JsonNode profiles, String clusterVersion) {
        var changes = new LinkedHashMap<AgentPool, Admitted>();
        for (JsonNode profile : profiles) {
            AgentPool pool = cluster.pool(profile.path("name").asText()).orElseThrow(AksErrors::newPoolByClusterPut);
            changes.put(pool, rules.update(pool, profile, clusterVersion, cluster.location()));
        }
        boolean omits = !changes.isEmpty() && changes.size() < cluster.pools().size();
        if (omits && behaviours.text(Behaviour.OMITTED_POOLS).equals("reject")) {
            throw AksErrors.badRequest("The request leaves out agent pools of the cluster. Removing agent pools is not"
                    + " allowed through managed cluster operations.");
        }
        for (AgentPool pool : cluster.pools()) {
            String version = Optional.ofNullable(changes.get(pool))
                    .map(Admitted::version)
                    .orElse(pool.version());
            int skew = behaviours.number(Behaviour.VERSION_SKEW);
            if (KubernetesVersions.minor(clusterVersion) - KubernetesVersions.minor(version) > skew) {
                throw AksErrors.versionsIncompatible(version, clusterVersion, skew);
            }
        }
        requireTogether(cluster, changes);
        return changes;
    }

    /** Limits and rules over all pools, with the changes applied. */
    private void requireTogether(ManagedCluster cluster, Map<AgentPool, Admitted> changes) {
        var more = new TreeMap<String, Integer>();
        var counts = new ArrayList<Integer>();
        boolean system = false;
        String last = "";
        for (AgentPool pool : cluster.pools()) {
            JsonNode after = Optional.ofNullable(changes.get(pool))
                    .<JsonNode>map(Admitted::properties)
                    .orElse(pool.properties());
            int count = after.path("count").asInt();
            counts.add(count);
            more.merge(pool.property("vmSize").asText(), count - pool.count(), Integer::sum);
            system |= after.path("mode").asText().equals("System") && !leaves(pool);
            last = pool.system() ? pool.name() : last;
        }
        if (!system) {
            throw AksErrors.lastSystemPool(last);
        }
        quotas.requireNodeRoom(cluster.subscription(), cluster.location(), more);
        requireSize(cluster, counts);
        supply.requireAddresses(
                cluster,
                changes.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, change -> change.getValue().properties())));
    }

    /** Where operations run side by side, a System pool that is being deleted is none to rely on. */
    private static boolean leaves(AgentPool pool) {
        return pool.state().equals("Deleting");
    }

    private void requireSize(ManagedCluster cluster, List<Integer> counts) {
        quotas.requireClusterSize(
                cluster.settings(),
                counts.stream().mapToInt(Integer::intValue).sum(),
                counts.stream().mapToInt(Integer::intValue).max().orElse(0));
    }

    public void requireNotLastSystem(ManagedCluster cluster, AgentPool pool) {
        long others = cluster.pools().stream()
                .filter(other -> other != pool && other.system() && !leaves(other))
                .count();
        if (pool.system() && others == 0) {
            throw AksErrors.lastSystemPool(pool.name());
        }
    }
}
