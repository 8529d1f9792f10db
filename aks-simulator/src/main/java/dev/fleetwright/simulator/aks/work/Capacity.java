package dev.fleetwright.simulator.aks.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.Machine;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.http.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How many machines Azure has: none of it is short until a limit is set. A limit counts the machines of one subscription
 * that it matches, so that machines which go make room again. Thread-safe; the questions expect the subscription's lock.
 */
public final class Capacity {
    /**
     * A limit on the machines that match all that it names.
     *
     * @param size regular expression on the VM size; empty for any
     * @param location empty for any
     * @param zone "1" to "3"; empty for any
     * @param subnet regular expression found in the subnet's ARM id; empty for any
     * @param most how many machines there may be
     */
    public record Limit(String size, String location, String zone, String subnet, int most) {
        /** Reads {@code {vmSize, location, zone, subnet, most}}; all but most optional. */
        public static Limit read(JsonNode json) {
            return new Limit(
                    json.path("vmSize").asText(""),
                    json.path("location").asText(""),
                    json.path("zone").asText(""),
                    json.path("subnet").asText(""),
                    json.path("most").asInt());
        }

        /** What {@link #read} reads. */
        public ObjectNode document() {
            return Json.object()
                    .put("vmSize", size)
                    .put("location", location)
                    .put("zone", zone)
                    .put("subnet", subnet)
                    .put("most", most);
        }

        private boolean of(ManagedCluster cluster, AgentPool pool) {
            String ownSize = pool.property("vmSize").asText();
            String ownSubnet = pool.property("vnetSubnetID").asText("");
            return (size.isEmpty()
                            || Pattern.compile(size, Pattern.CASE_INSENSITIVE)
                                    .matcher(ownSize)
                                    .matches())
                    && (location.isEmpty() || location.equalsIgnoreCase(cluster.location()))
                    && (subnet.isEmpty()
                            || Pattern.compile(subnet.toLowerCase(Locale.ROOT))
                                    .matcher(ownSubnet.toLowerCase(Locale.ROOT))
                                    .find());
        }

        private boolean of(Machine machine) {
            return zone.isEmpty() || zone.equals(machine.zone());
        }

        /** With the codes that the service documents for each kind of shortage. */
        private ArmError error(AgentPool pool) {
            String what = pool.property("vmSize").asText();
            if (!subnet.isEmpty()) {
                return new ArmError(
                        "SubnetIsFull",
                        "Subnet " + pool.property("vnetSubnetID").asText() + " does not have enough capacity for "
                                + pool.name() + ".");
            }
            if (!zone.isEmpty()) {
                return new ArmError(
                        "ZonalAllocationFailed",
                        "Allocation failed. We do not have sufficient capacity for the requested VM size " + what
                                + " in zone " + zone + ".");
            }
            return most == 0
                    ? new ArmError("SKUNotAvailable", "The requested VM size " + what + " is not available.")
                    : new ArmError(
                            "AllocationFailed",
                            "Allocation failed. We do not have sufficient capacity for the requested VM size " + what
                                    + " in this region.");
        }
    }

    private final List<Limit> limits = new ArrayList<>();
    private final Duration patience;

    /**
     * Everything is there.
     *
     * @param patience Azure time for which an operation tries to get machines that are short
     */
    public Capacity(Duration patience) {
        this.patience = patience;
    }

    Duration patience() {
        return patience;
    }

    public synchronized void add(Limit limit) {
        limits.add(limit);
    }

    public synchronized void clear() {
        limits.clear();
    }

    public synchronized List<Limit> limits() {
        return List.copyOf(limits);
    }

    /** What is in the way of one more machine in the pool, in the zone that it would get. */
    Optional<ArmError> shortage(ManagedCluster cluster, AgentPool pool) {
        for (Limit limit : limits()) {
            if (limit.of(cluster, pool) && limit.of(pool.prospect()) && used(cluster, limit) >= limit.most()) {
                return Optional.of(limit.error(pool));
            }
        }
        return Optional.empty();
    }

    private static long used(ManagedCluster cluster, Limit limit) {
        return cluster.subscription().groups().stream()
                .flatMap(group -> group.all(ManagedCluster.class).stream())
                .mapToLong(other -> other.pools().stream()
                        .filter(pool -> limit.of(other, pool))
                        .flatMap(pool -> pool.machines().stream())
                        .filter(limit::of)
                        .count())
                .sum();
    }
}
