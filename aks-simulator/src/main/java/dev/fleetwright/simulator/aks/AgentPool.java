package dev.fleetwright.simulator.aks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.arm.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The state of one agent pool. Guarded by the lock of its subscription. */
final class AgentPool {
    private final String name;
    private final String scaleSet;
    private final TreeMap<Integer, Machine> machines = new TreeMap<>();
    private ObjectNode properties;
    private String version;
    private int nextInstance;
    private String state = "Creating";
    private String eTag = UUID.randomUUID().toString();
    private @Nullable Operation operation;
    private @Nullable ArmError error;

    /**
     * @param digits the eight digits of the scale set's name
     * @param version resolved Kubernetes version
     */
    AgentPool(String name, String digits, ObjectNode properties, String version) {
        this.name = name;
        this.scaleSet = "aks-" + name + "-" + digits + "-vmss";
        this.properties = properties;
        this.version = version;
    }

    String name() {
        return name;
    }

    String scaleSet() {
        return scaleSet;
    }

    /** What the client set over the server's defaults; without read-only values. */
    ObjectNode properties() {
        return properties;
    }

    void replaceProperties(ObjectNode effective) {
        properties = effective;
    }

    JsonNode property(String key) {
        return properties.path(key);
    }

    boolean system() {
        return property("mode").asText().equals("System");
    }

    int count() {
        return property("count").asInt();
    }

    void count(int count) {
        properties.put("count", count);
    }

    /** The patch version that the pool's newest nodes run. */
    String version() {
        return version;
    }

    void version(String newVersion) {
        version = newVersion;
    }

    String state() {
        return state;
    }

    void state(String newState) {
        state = newState;
    }

    String eTag() {
        return eTag;
    }

    void touch() {
        eTag = UUID.randomUUID().toString();
    }

    Optional<Operation> running() {
        return Optional.ofNullable(operation).filter(Operation::running);
    }

    void running(Operation started) {
        operation = started;
        error = null;
    }

    Optional<ArmError> error() {
        return Optional.ofNullable(error);
    }

    void error(@Nullable ArmError newError) {
        error = newError;
    }

    /** Machines in the order of their instance numbers. */
    List<Machine> machines() {
        return new ArrayList<>(machines.values());
    }

    Optional<Machine> machine(String machineName) {
        return machines.values().stream()
                .filter(machine -> machine.name().equalsIgnoreCase(machineName))
                .findFirst();
    }

    Optional<Machine> machine(int instance) {
        return Optional.ofNullable(machines.get(instance));
    }

    /** Adds a machine that still has to boot, in the zone that has the fewest. */
    Machine newMachine(String ip) {
        int instance = nextInstance++;
        String suffix = Integer.toString(instance, 36);
        String nodeName = scaleSet + "0".repeat(Math.max(0, 6 - suffix.length())) + suffix;
        var machine = new Machine(instance, nodeName.toLowerCase(Locale.ROOT), emptiestZone(), version, ip, false);
        machines.put(instance, machine);
        return machine;
    }

    private String emptiestZone() {
        String best = "";
        long fewest = Long.MAX_VALUE;
        for (JsonNode zone : property("availabilityZones")) {
            long there = machines.values().stream()
                    .filter(machine -> machine.zone().equals(zone.asText()))
                    .count();
            if (there < fewest) {
                fewest = there;
                best = zone.asText();
            }
        }
        return best;
    }

    void put(Machine machine) {
        machines.put(machine.instance(), machine);
    }

    void remove(Machine machine) {
        machines.remove(machine.instance());
    }

    /** The machines that a smaller count costs: newest first, the scale set's default. */
    List<Machine> surplus(int wanted) {
        return machines.descendingMap().values().stream()
                .limit(Math.max(0, machines.size() - wanted))
                .toList();
    }
}
