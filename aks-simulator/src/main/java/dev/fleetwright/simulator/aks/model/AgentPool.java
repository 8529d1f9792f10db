package dev.fleetwright.simulator.aks.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.arm.Operation;
import dev.fleetwright.simulator.arm.Subscription;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.state.Kept;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The state of one agent pool. Guarded by the lock of its subscription; every change is noted there. */
public final class AgentPool implements Kept {
    static final String KEPT_AS = "agent pool";
    static final String MACHINE_KEPT_AS = "machine";

    private final String name;
    private final String scaleSet;
    private final TreeMap<Integer, Machine> machines = new TreeMap<>();
    private ObjectNode properties;
    private String version;
    private int model;
    private int nextInstance;
    private String state = "Creating";
    private String eTag = UUID.randomUUID().toString();
    private @Nullable Operation operation;
    private @Nullable ArmError error;
    private @Nullable ManagedCluster cluster;

    /**
     * A pool without machines.
     *
     * @param digits the eight digits of the scale set's name
     * @param version resolved Kubernetes version
     */
    public AgentPool(String name, String digits, ObjectNode properties, String version) {
        this(name, "aks-" + name + "-" + digits + "-vmss", version, properties);
    }

    private AgentPool(String name, String scaleSet, String version, ObjectNode properties) {
        this.name = name;
        this.scaleSet = scaleSet;
        this.properties = properties;
        this.version = version;
    }

    /** From now on it is a part of the cluster, and what happens to it is kept. */
    void joined(ManagedCluster owner) {
        cluster = owner;
        changed();
    }

    /** Whoever is late and still works on it changes nothing that is kept: it would come back with the next start. */
    void left() {
        cluster = null;
    }

    private void changed() {
        if (cluster != null) {
            cluster.subscription().changed(this);
        }
    }

    public String name() {
        return name;
    }

    String digits() {
        return scaleSet.substring(("aks-" + name + "-").length(), scaleSet.length() - "-vmss".length());
    }

    public String scaleSet() {
        return scaleSet;
    }

    /** What the client set over the server's defaults; without read-only values. Changed by its setters only. */
    public ObjectNode properties() {
        return properties;
    }

    public void replaceProperties(ObjectNode effective) {
        properties = effective;
        changed();
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

    /** How many machines there are to be: the count, or none while the pool is stopped. */
    public int wanted() {
        return stopped() ? 0 : count();
    }

    /** Whether the pool, or the cluster with it, was stopped. */
    public boolean stopped() {
        return property("powerState").path("code").asText().equals("Stopped");
    }

    public void count(int count) {
        properties.put("count", count);
        changed();
    }

    /** The patch version that the pool's newest nodes run. */
    public String version() {
        return version;
    }

    public void version(String newVersion) {
        version = newVersion;
        changed();
    }

    /** The number of the scale set's model: machines of an older one have to be made anew. */
    public int model() {
        return model;
    }

    /** Makes a new model, of which no machine is yet. */
    public void nextModel() {
        model++;
        changed();
    }

    /** Machines that are not of the scale set's model. */
    public List<Machine> outdated() {
        return machines.values().stream()
                .filter(machine -> machine.model() < model)
                .toList();
    }

    public String state() {
        return state;
    }

    public void state(String newState) {
        state = newState;
        changed();
    }

    public String eTag() {
        return eTag;
    }

    public void touch() {
        eTag = UUID.randomUUID().toString();
        changed();
    }

    public Optional<Operation> running() {
        return Optional.ofNullable(operation).filter(Operation::running);
    }

    public void running(Operation started) {
        operation = started;
        error = null;
        changed();
    }

    public Optional<ArmError> error() {
        return Optional.ofNullable(error);
    }

    public void error(@Nullable ArmError newError) {
        error = newError;
        changed();
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
    public Machine newMachine(String ip, Instant bootedAt) {
        int instance = nextInstance++;
        changed();
        String suffix = Integer.toString(instance, 36);
        String nodeName = scaleSet + "0".repeat(Math.max(0, 6 - suffix.length())) + suffix;
        var machine = Machine.booting(
                instance, nodeName.toLowerCase(Locale.ROOT), emptiestZone(), version, model, ip, bootedAt);
        put(machine);
        return machine;
    }

    /** A machine as the pool would get it, for those who plan; it is not added. */
    public Machine prospect() {
        return Machine.booting(nextInstance, scaleSet + "prospect", emptiestZone(), version, model, "", Instant.EPOCH);
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

    /** Adds a machine or puts it in the place of what it was. */
    public void put(Machine machine) {
        machines.put(machine.instance(), machine);
        if (cluster != null) {
            cluster.subscription().changed(new KeptMachine(this, machine));
        }
    }

    public void remove(Machine machine) {
        machines.remove(machine.instance());
        if (cluster != null) {
            cluster.subscription().forgotten(new KeptMachine(this, machine).keptAt());
        }
    }

    /** The machines that count: all but the buffers of an upgrade. */
    public List<Machine> members() {
        return machines.values().stream().filter(machine -> !machine.surge()).toList();
    }

    /** The machines that a smaller count costs: newest first, the scale set's default. */
    public List<Machine> surplus(int wanted) {
        return members().reversed().stream()
                .limit(Math.max(0, members().size() - wanted))
                .toList();
    }

    private record KeptMachine(AgentPool pool, Machine machine) implements Kept {
        @Override
        public String keptAt() {
            return pool.keptAt() + "/machines/" + machine.instance();
        }

        @Override
        public String keptAs() {
            return MACHINE_KEPT_AS;
        }

        @Override
        public ObjectNode kept() {
            return machine.document();
        }
    }

    /** Itself and its machines. */
    Stream<Kept> keptWithParts() {
        return Stream.concat(
                Stream.of(this), machines.values().stream().map(machine -> new KeptMachine(this, machine)));
    }

    @Override
    public String keptAt() {
        if (cluster == null) {
            throw new IllegalStateException("the agent pool " + name + " is not part of a cluster yet");
        }
        return cluster.keptAt() + "/agentpools/" + name;
    }

    @Override
    public String keptAs() {
        return KEPT_AS;
    }

    @Override
    public ObjectNode kept() {
        var document = Json.object()
                .put("name", name)
                .put("scaleSet", scaleSet)
                .put("version", version)
                .put("model", model)
                .put("nextInstance", nextInstance)
                .put("state", state)
                .put("eTag", eTag);
        document.set("properties", properties.deepCopy());
        running().ifPresent(operation -> document.put("operation", operation.id()));
        error().ifPresent(why -> document.set("error", why.document()));
        return document;
    }

    static AgentPool read(ObjectNode kept, Subscription subscription) {
        var properties = kept.path("properties") instanceof ObjectNode object ? object : Json.object();
        var pool = new AgentPool(
                kept.path("name").asText(),
                kept.path("scaleSet").asText(),
                kept.path("version").asText(),
                properties);
        pool.model = kept.path("model").asInt();
        pool.nextInstance = kept.path("nextInstance").asInt();
        pool.state = kept.path("state").asText();
        pool.eTag = kept.path("eTag").asText();
        pool.operation = subscription.operation(kept.path("operation").asText()).orElse(null);
        pool.error = ArmError.read(kept.path("error")).orElse(null);
        return pool;
    }
}
