package dev.fleetwright.simulator.aks.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.arm.SimpleResources;
import dev.fleetwright.simulator.http.Json;

/** Managed clusters as replies show them. */
public final class ClusterDocuments {
    /** Where the settings keep maintenance configurations by name; never shown with the cluster. */
    public static final String MAINTENANCE = "maintenanceConfigurations";

    private ClusterDocuments() {}

    /** The create reply lacks what is known only later: eTags and the kubelet identity (recorded). */
    public static ObjectNode created(ManagedCluster cluster) {
        return document(cluster, false);
    }

    public static ObjectNode get(ManagedCluster cluster) {
        return document(cluster, true);
    }

    private static ObjectNode document(ManagedCluster cluster, boolean withETags) {
        var document = Json.object()
                .put("id", cluster.id())
                .put("name", cluster.name())
                .put("location", cluster.location())
                .put("type", "Microsoft.ContainerService/ManagedClusters");
        document.setAll(cluster.settings().deepCopy());
        document.remove(MAINTENANCE);
        if (document.path("tags").isEmpty()) {
            document.remove("tags");
        }
        var properties = (ObjectNode) document.get("properties");
        properties
                .put("provisioningState", cluster.state())
                .put("currentKubernetesVersion", cluster.version())
                .put("resourceUID", cluster.uid());
        var profiles = properties.putArray("agentPoolProfiles");
        cluster.pools().forEach(pool -> profiles.add(PoolDocuments.profile(pool, withETags)));
        cluster.error().ifPresent(error -> properties.putObject("status").set("provisioningError", error.document()));
        if (cluster.settled()) {
            fillKubeletIdentity(cluster, properties);
            fillOutboundAddress(cluster, properties);
        }
        if (withETags) {
            document.put("eTag", cluster.eTag());
        }
        return document;
    }

    public static String kubeletIdentityId(ManagedCluster cluster) {
        JsonNode own = cluster.properties()
                .path("identityProfile")
                .path("kubeletidentity")
                .path("resourceId");
        return own.asText("").isEmpty()
                ? "/subscriptions/" + cluster.subscription().id() + "/resourceGroups/" + cluster.nodeResourceGroup()
                        + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/" + cluster.name() + "-agentpool"
                : own.asText();
    }

    private static void fillKubeletIdentity(ManagedCluster cluster, ObjectNode properties) {
        String id = kubeletIdentityId(cluster);
        properties
                .putObject("identityProfile")
                .putObject("kubeletidentity")
                .put("resourceId", id)
                .put("clientId", SimpleResources.clientIdOf(id))
                .put("objectId", SimpleResources.objectIdOf(id));
    }

    private static void fillOutboundAddress(ManagedCluster cluster, ObjectNode properties) {
        if (properties.path("networkProfile").path("loadBalancerProfile") instanceof ObjectNode profile) {
            profile.putArray("effectiveOutboundIPs")
                    .addObject()
                    .put(
                            "id",
                            "/subscriptions/" + cluster.subscription().id() + "/resourceGroups/"
                                    + cluster.nodeResourceGroup()
                                    + "/providers/Microsoft.Network/publicIPAddresses/" + cluster.uid());
        }
    }
}
