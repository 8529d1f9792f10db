package dev.fleetwright.simulator.aks.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.aks.rules.QuotaRules;
import dev.fleetwright.simulator.aks.rules.SupplyLimit;
import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.http.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How many machines Azure has: none of it is short until a limit is set. A limit counts the machines of one subscription
 * that it matches, so that machines which go make room again. Thread-safe; the questions expect the subscription's lock.
 */
public final class Capacity {
    private final List<SupplyLimit> limits = new ArrayList<>();
    private final QuotaRules quotas;
    private final Duration patience;
    private Runnable changed = () -> {};

    /**
     * Everything is there.
     *
     * @param quotas what the subscription may have of it
     * @param patience Azure time for which an operation tries to get machines that are short
     */
    public Capacity(QuotaRules quotas, Duration patience) {
        this.quotas = quotas;
        this.patience = patience;
    }

    Duration patience() {
        return patience;
    }

    public synchronized void add(SupplyLimit limit) {
        limits.add(limit);
        changed.run();
    }

    public synchronized void clear() {
        limits.clear();
        changed.run();
    }

    public synchronized List<SupplyLimit> limits() {
        return List.copyOf(limits);
    }

    /** Every limit, as {@link #recall} takes it. */
    public synchronized ArrayNode kept() {
        ArrayNode all = Json.MAPPER.createArrayNode();
        limits.forEach(limit -> all.add(limit.document()));
        return all;
    }

    public synchronized void recall(JsonNode kept) {
        kept.forEach(limit -> limits.add(SupplyLimit.read(limit)));
    }

    /** From now on this runs after every change, before anybody else can make one. */
    public synchronized void onChange(Runnable told) {
        changed = told;
    }

    /** What is in the way of one more machine in the pool, in the zone that it would get. */
    Optional<ArmError> shortage(ManagedCluster cluster, AgentPool pool) {
        for (SupplyLimit limit : limits()) {
            if (of(limit, cluster, pool)
                    && limit.ofZone(pool.prospect().zone())
                    && used(cluster, limit) >= limit.most()) {
                return Optional.of(error(limit, pool));
            }
        }
        return Optional.empty();
    }

    /** What is in the way of one more surge machine: it is on top of what the pool's count has paid for. */
    Optional<ArmError> surgeShortage(ManagedCluster cluster, AgentPool pool) {
        return shortage(cluster, pool).or(() -> quotas.excessOfOneMore(cluster, pool));
    }

    private static boolean of(SupplyLimit limit, ManagedCluster cluster, AgentPool pool) {
        return limit.of(cluster.location(), pool.properties());
    }

    private static long used(ManagedCluster cluster, SupplyLimit limit) {
        return cluster.subscription().groups().stream()
                .flatMap(group -> group.all(ManagedCluster.class).stream())
                .mapToLong(other -> other.pools().stream()
                        .filter(pool -> of(limit, other, pool))
                        .flatMap(pool -> pool.machines().stream())
                        .filter(machine -> limit.ofZone(machine.zone()))
                        .count())
                .sum();
    }

    /** With the codes that the service documents for each kind of shortage. */
    private static ArmError error(SupplyLimit limit, AgentPool pool) {
        String what = pool.property("vmSize").asText();
        if (!limit.subnet().isEmpty()) {
            return new ArmError(
                    "SubnetIsFull",
                    "Subnet " + pool.property("vnetSubnetID").asText() + " does not have enough capacity for "
                            + pool.name() + ".");
        }
        if (!limit.zone().isEmpty()) {
            return new ArmError(
                    "ZonalAllocationFailed",
                    "Allocation failed. We do not have sufficient capacity for the requested VM size " + what
                            + " in zone " + limit.zone() + ".");
        }
        return limit.most() == 0
                ? new ArmError("SKUNotAvailable", "The requested VM size " + what + " is not available.")
                : new ArmError(
                        "AllocationFailed",
                        "Allocation failed. We do not have sufficient capacity for the requested VM size " + what
                                + " in this region.");
    }
}
