package dev.fleetwright.simulator.aks.model;

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
public final class AgentPool {
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
     * A pool without machines.
     *
     * @param digits the eight digits of the scale set's name
     * @param version resolved Kubernetes version
     */
    public AgentPool(String name, String digits, ObjectNode properties, String version) {
        this.name = name;
        this.scaleSet = "aks-" + name + "-" + digits + "-vmss";
        this.properties = properties;
        this.version = version;
    }

    public String name() {
        return name;
    }

    public String scaleSet() {
        return scaleSet;
    }

    /** What the client set over the server's defaults; without read-only values. */
    public ObjectNode properties() {
        return properties;
    }

    public void replaceProperties(ObjectNode effective) {
        properties = effective;
    }

    public JsonNode property(String key) {
        return properties.path(key);
    }

    public boolean system() {
        return property("mode").asText().equals("System");
    }

    public int count() {
        return property("count").asInt();
    }

    public void count(int count) {
        properties.put("count", count);
    }

    /** The patch version that the pool's newest nodes run. */
    public String version() {
        return version;
    }

    public void version(String newVersion) {
        version = newVersion;
    }

    public String state() {
        return state;
    }

    public void state(String newState) {
        state = newState;
    }

    public String eTag() {
        return eTag;
    }

    public void touch() {
        eTag = UUID.randomUUID().toString();
    }

    public Optional<Operation> running() {
        return Optional.ofNullable(operation).filter(Operation::running);
    }

    public void running(Operation started) {
        operation = started;
        error = null;
    }

    public Optional<ArmError> error() {
        return Optional.ofNullable(error);
    }

    public void error(@Nullable ArmError newError) {
        error = newError;
    }

    /** Machines in the order of their instance numbers. */
    public List<Machine> machines() {
        return new ArrayList<>(machines.values());
    }

    public Optional<Machine> machine(String machineName) {
        return machines.values().stream()
                .filter(machine -> machine.name().equalsIgnoreCase(machineName))
                .findFirst();
    }

    public Optional<Machine> machine(int instance) {
        return Optional.ofNullable(machines.get(instance));
    }

    /** Adds a machine that still has to boot, in the zone that has the fewest. */
    public Machine newMachine(String ip) {
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

    public void put(Machine machine) {
        machines.put(machine.instance(), machine);
    }

    public void remove(Machine machine) {
        machines.remove(machine.instance());
    }

    /** The machines that a smaller count costs: newest first, the scale set's default. */
    public List<Machine> surplus(int wanted) {
        return machines.descendingMap().values().stream()
                .limit(Math.max(0, machines.size() - wanted))
                .toList();
    }
}
