package dev.fleetwright.simulator.aks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.arm.ArmError;
import dev.fleetwright.simulator.arm.GroupMember;
import dev.fleetwright.simulator.arm.Operation;
import dev.fleetwright.simulator.arm.ResourceGroup;
import dev.fleetwright.simulator.arm.Subscription;
import dev.fleetwright.simulator.backend.ClusterBackend.Access;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The state of one managed cluster. Guarded by the lock of its subscription. */
final class ManagedCluster implements GroupMember {
    private final Subscription subscription;
    private final ResourceGroup group;
    private final String name;
    private final String location;
    private final Function<ManagedCluster, CompletionStage<Void>> disposal;
    private final String key;
    private final Map<String, AgentPool> pools = new LinkedHashMap<>();
    private ObjectNode settings;
    private String version;
    private String state = "Creating";
    private final String uid = UUID.randomUUID().toString().replace("-", "");
    private String eTag = UUID.randomUUID().toString();
    private boolean settled;
    private int machinesEver;
    private @Nullable Operation operation;
    private @Nullable ArmError error;
    private @Nullable Access access;

    /**
     * A cluster without pools.
     *
     * @param key names it for the backend
     * @param disposal what the deletion of the resource group does to it
     */
    ManagedCluster(
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

    static String id(String subscriptionId, String groupName, String clusterName) {
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

    Subscription subscription() {
        return subscription;
    }

    ResourceGroup group() {
        return group;
    }

    String name() {
        return name;
    }

    String location() {
        return location;
    }

    /** Names the cluster for the backend. */
    String key() {
        return key;
    }

    /** What replies call resourceUID. */
    String uid() {
        return uid;
    }

    /** Everything but pools and read-only values: tags, sku, identity, properties. */
    ObjectNode settings() {
        return settings;
    }

    void replaceSettings(ObjectNode effective) {
        settings = effective;
    }

    ObjectNode properties() {
        return (ObjectNode) settings.get("properties");
    }

    String nodeResourceGroup() {
        return properties().path("nodeResourceGroup").asText();
    }

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

    /** A cluster operation changes the eTags of the cluster and of its pools. */
    void touch() {
        eTag = UUID.randomUUID().toString();
        pools.values().forEach(AgentPool::touch);
    }

    /** Whether the creation has come to an end: some values appear only then. */
    boolean settled() {
        return settled;
    }

    void settle() {
        settled = true;
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

    Optional<Access> access() {
        return Optional.ofNullable(access);
    }

    void access(Access newAccess) {
        access = newAccess;
    }

    List<AgentPool> pools() {
        return new ArrayList<>(pools.values());
    }

    Optional<AgentPool> pool(String poolName) {
        return Optional.ofNullable(pools.get(poolName));
    }

    void put(AgentPool pool) {
        pools.put(pool.name(), pool);
    }

    void remove(AgentPool pool) {
        pools.remove(pool.name(), pool);
    }

    /** A node address of the overlay's node subnet, 10.224.0.0/16. */
    String nextNodeIp() {
        int host = 4 + machinesEver++;
        return "10.224." + (host / 256) % 256 + "." + host % 256;
    }
}
