package dev.fleetwright.simulator.aks.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.arm.GroupMember;
import dev.fleetwright.simulator.arm.Operation;
import dev.fleetwright.simulator.arm.ResourceGroup;
import dev.fleetwright.simulator.arm.Subscription;
import dev.fleetwright.simulator.autoscaler.Memory;
import dev.fleetwright.simulator.backend.ClusterBackend.Access;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.state.Kept;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The state of one managed cluster. Guarded by the lock of its subscription; every change is noted there. */
public final class ManagedCluster implements GroupMember {
    static final String KEPT_AS = "managed cluster";

    /** Names of the pools in the order in which they were made: replies list them so. */
    static final String POOLS = "pools";

    private final Subscription subscription;
    private final ResourceGroup group;
    private final String name;
    private final String location;
    private final Function<ManagedCluster, CompletionStage<Void>> disposal;
    private final String key;
    private final Map<String, AgentPool> pools = new LinkedHashMap<>();
    private final Map<String, String> formerDigits = new TreeMap<>();
    private ObjectNode settings;
    private String version;
    private String state = "Creating";
    private String uid = UUID.randomUUID().toString().replace("-", "");
    private String eTag = UUID.randomUUID().toString();
    private boolean settled;
    private int machinesEver;
    private @Nullable Operation operation;
    private @Nullable ArmError error;
    private @Nullable Access access;
    private boolean served;
    private boolean halted;
    private Memory scaling = Memory.NONE;
    private boolean gone;

    /**
     * A cluster without pools.
     *
     * @param key names it for the backend
     * @param disposal what the deletion of the resource group does to it
     */
    public ManagedCluster(
            Subscription subscription,
            ResourceGroup group,
            String name,
            String location,
            ObjectNode settings,
            String version,
            String key,
            Function<ManagedCluster, CompletionStage<Void>> disposal) {
        this.subscription = subscription;
        this.group = group;
        this.name = name;
        this.key = key;
        this.location = location;
        this.settings = settings;
        this.version = version;
        this.disposal = disposal;
    }

    public static String id(String subscriptionId, String groupName, String clusterName) {
        // replies carry lower-case resourcegroups (recorded)
        return "/subscriptions/" + subscriptionId + "/resourcegroups/" + groupName
                + "/providers/Microsoft.ContainerService/managedClusters/" + clusterName;
    }

    @Override
    public String id() {
        return id(subscription.id(), group.name(), name);
    }

    @Override
    public ObjectNode document() {
        return ClusterDocuments.get(this);
    }

    @Override
    public CompletionStage<Void> dispose() {
        return disposal.apply(this);
    }

    @Override
    public CompletionStage<Void> disposed() {
        return state.equals("Deleting") ? dispose() : CompletableFuture.completedFuture(null);
    }

    /** One whose deletion has failed or was aborted. */
    @Override
    public boolean resists() {
        return true;
    }

    /** Whoever is late and still works on it changes nothing that is kept: it would come back with the next start. */
    @Override
    public void removed() {
        gone = true;
        pools.values().forEach(AgentPool::left);
    }

    private void changed() {
        if (!gone) {
            subscription.changed(this);
        }
    }

    public Subscription subscription() {
        return subscription;
    }

    public ResourceGroup group() {
        return group;
    }

    public String name() {
        return name;
    }

    @Override
    public String location() {
        return location;
    }

    /** Names the cluster for the backend. */
    public String key() {
        return key;
    }

    /** What replies call resourceUID. */
    public String uid() {
        return uid;
    }

    /** Everything but pools and read-only values: tags, sku, identity, properties. */
    public ObjectNode settings() {
        return settings;
    }

    public void replaceSettings(ObjectNode effective) {
        settings = effective;
        changed();
    }

    public ObjectNode properties() {
        return (ObjectNode) settings.get("properties");
    }

    public String nodeResourceGroup() {
        return properties().path("nodeResourceGroup").asText();
    }

    public String version() {
        return version;
    }

    public void version(String newVersion) {
        version = newVersion;
        changed();
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

    /** A cluster operation changes the eTags of the cluster and of its pools. */
    public void touch() {
        eTag = UUID.randomUUID().toString();
        changed();
        pools.values().forEach(AgentPool::touch);
    }

    /** Whether the creation has come to an end: some values appear only then. */
    public boolean settled() {
        return settled;
    }

    public void settle() {
        settled = true;
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

    public Optional<Access> access() {
        return Optional.ofNullable(access);
    }

    public void access(Access newAccess) {
        access = newAccess;
        served = true;
        changed();
    }

    /** Whether its API server has ever served: after a restart it has to be found again. */
    public boolean served() {
        return served;
    }

    /** Whether its control plane was stopped and has not been started since: nobody answers then. */
    public boolean halted() {
        return halted;
    }

    /** Whether it is halted and shall run again: its start is at work, or was broken off. */
    public boolean resuming() {
        return halted && !properties().at("/powerState/code").asText().equals("Stopped");
    }

    /** Nobody answers from now on. */
    public void halt() {
        halted = true;
        changed();
    }

    /** Its control plane runs again. */
    public void resumed(Access newAccess) {
        halted = false;
        access(newAccess);
    }

    /** What its autoscaler remembers, on the wall clock. */
    public Memory scaling() {
        return scaling;
    }

    public void scaling(Memory memory) {
        scaling = memory;
        changed();
    }

    public List<AgentPool> pools() {
        return new ArrayList<>(pools.values());
    }

    public Optional<AgentPool> pool(String poolName) {
        return Optional.ofNullable(pools.get(poolName));
    }

    /** The digits in the scale set's name of the last pool of this name that is gone. */
    public Optional<String> formerDigits(String poolName) {
        return Optional.ofNullable(formerDigits.get(poolName));
    }

    public void put(AgentPool pool) {
        pools.put(pool.name(), pool);
        changed();
        pool.joined(this);
    }

    public void remove(AgentPool pool) {
        pools.remove(pool.name(), pool);
        formerDigits.put(pool.name(), pool.digits());
        changed();
        subscription.forgotten(pool.keptAt());
        pool.left();
    }

    /** The ARM id of a pool's virtual machine, its number in decimal. */
    public String machineId(AgentPool pool, Machine machine) {
        return "/subscriptions/" + subscription.id() + "/resourceGroups/" + nodeResourceGroup()
                + "/providers/Microsoft.Compute/virtualMachineScaleSets/" + pool.scaleSet() + "/virtualMachines/"
                + machine.instance();
    }

    /** A node address of the overlay's node subnet, 10.224.0.0/16. */
    public String nextNodeIp() {
        int host = 4 + machinesEver++;
        changed();
        return "10.224." + (host / 256) % 256 + "." + host % 256;
    }

    @Override
    public Stream<Kept> keptWithParts() {
        return Stream.concat(Stream.of(this), pools.values().stream().flatMap(AgentPool::keptWithParts));
    }

    @Override
    public String keptAs() {
        return KEPT_AS;
    }

    /** Without the way to its API server, which is found anew. */
    @Override
    public ObjectNode kept() {
        var document = Json.object()
                .put("group", group.name())
                .put("name", name)
                .put("location", location)
                .put("key", key)
                .put("version", version)
                .put("state", state)
                .put("uid", uid)
                .put("eTag", eTag)
                .put("settled", settled)
                .put("machinesEver", machinesEver)
                .put("served", served)
                .put("halted", halted);
        var names = document.putArray(POOLS);
        pools.keySet().forEach(names::add);
        ObjectNode digits = document.putObject("formerDigits");
        formerDigits.forEach(digits::put);
        document.set("settings", settings.deepCopy());
        if (!scaling.equals(Memory.NONE)) {
            document.set("scaling", scaling.document());
        }
        running().ifPresent(running -> document.put("operation", running.id()));
        error().ifPresent(why -> document.set("error", why.document()));
        return document;
    }

    /** Makes it again, without its pools, from what was kept in a subscription that has its operations already. */
    static ManagedCluster read(
            Subscription subscription, ObjectNode kept, Function<ManagedCluster, CompletionStage<Void>> disposal) {
        var settings = kept.path("settings") instanceof ObjectNode object ? object : Json.object();
        var cluster = new ManagedCluster(
                subscription,
                subscription.existingGroup(kept.path("group").asText()),
                kept.path("name").asText(),
                kept.path("location").asText(),
                settings,
                kept.path("version").asText(),
                kept.path("key").asText(),
                disposal);
        cluster.state = kept.path("state").asText();
        cluster.uid = kept.path("uid").asText();
        cluster.eTag = kept.path("eTag").asText();
        kept.path("formerDigits")
                .properties()
                .forEach(digits -> cluster.formerDigits.put(
                        digits.getKey(), digits.getValue().asText()));
        cluster.settled = kept.path("settled").asBoolean();
        cluster.machinesEver = kept.path("machinesEver").asInt();
        cluster.served = kept.path("served").asBoolean();
        cluster.halted = kept.path("halted").asBoolean();
        cluster.scaling = Memory.read(kept.path("scaling"));
        cluster.operation =
                subscription.operation(kept.path("operation").asText()).orElse(null);
        cluster.error = ArmError.read(kept.path("error")).orElse(null);
        return cluster;
    }
}
