package dev.fleetwright.simulator.aks.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;
import java.util.List;

/** Agent pools and machines as replies show them. */
public final class PoolDocuments {
    public static final String TYPE = "Microsoft.ContainerService/managedClusters/agentPools";

    /** Where a pool's properties keep what it ran before; shown in its upgrade profile only. */
    public static final String FORMER_VERSIONS = "recentlyUsedVersions";

    private PoolDocuments() {}

    /** The reply of a GET: an empty map is absent. */
    public static ObjectNode get(ManagedCluster cluster, AgentPool pool) {
        return resource(cluster, pool, properties(pool));
    }

    /** The reply of a PUT: labels and tags are there even when empty (recorded). */
    public static ObjectNode put(ManagedCluster cluster, AgentPool pool) {
        ObjectNode properties = properties(pool);
        for (String map : List.of("nodeLabels", "tags")) {
            if (!properties.has(map)) {
                properties.putObject(map);
            }
        }
        return resource(cluster, pool, properties);
    }

    /** Inside a cluster's agentPoolProfiles: the properties with the name beside them. */
    public static ObjectNode profile(AgentPool pool, boolean withETag) {
        var profile = Json.object().put("name", pool.name());
        profile.setAll(properties(pool));
        if (!withETag) {
            profile.remove("eTag");
        }
        return profile;
    }

    private static ObjectNode resource(ManagedCluster cluster, AgentPool pool, ObjectNode properties) {
        var document = Json.object()
                .put("id", cluster.id() + "/agentPools/" + pool.name())
                .put("name", pool.name())
                .put("type", TYPE);
        document.set("properties", properties);
        return document;
    }

    private static ObjectNode properties(AgentPool pool) {
        var properties = pool.properties().deepCopy();
        properties.remove(FORMER_VERSIONS);
        for (String map : List.of("nodeLabels", "tags", "nodeTaints")) {
            JsonNode value = properties.path(map);
            if (value.isContainerNode() && value.isEmpty()) {
                properties.remove(map);
            }
        }
        properties
                .put("eTag", pool.eTag())
                .put("provisioningState", pool.state())
                .put("currentOrchestratorVersion", pool.version())
                .put("nodeImageVersion", NodeImages.version(pool.properties()));
        pool.error().ifPresent(error -> properties.putObject("status").set("provisioningError", error.document()));
        return properties;
    }

    public static ObjectNode machine(ManagedCluster cluster, AgentPool pool, Machine machine) {
        var document = Json.object()
                .put("id", cluster.id() + "/agentPools/" + pool.name() + "/machines/" + machine.name())
                .put("name", machine.name())
                .put("type", TYPE + "/machines");
        if (!machine.zone().isEmpty()) {
            document.putArray("zones").add(machine.zone());
        }
        var properties = document.putObject("properties");
        properties
                .putObject("network")
                .putArray("ipAddresses")
                .addObject()
                .put("family", "IPv4")
                .put("ip", machine.ip());
        properties.put("resourceId", cluster.machineId(pool, machine));
        return document;
    }
}
