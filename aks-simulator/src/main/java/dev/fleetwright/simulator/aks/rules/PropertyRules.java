package dev.fleetwright.simulator.aks.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which properties are fixed, which are read-only, and what "changed" means for them. Section 7 and 8 as tables. */
public final class PropertyRules {
    /** Sent back by clients that write what they have read; never taken from a request. */
    public static final List<String> POOL_READ_ONLY =
            List.of("eTag", "provisioningState", "currentOrchestratorVersion", "nodeImageVersion", "status", "name");

    /** Fixed at creation; another pool is needed. Open question 12: the last four are, unless told otherwise. */
    public static final List<String> POOL_FIXED = List.of(
            "osType",
            "vmSize",
            "osDiskSizeGB",
            "osDiskType",
            "kubeletDiskType",
            "maxPods",
            "scaleSetEvictionPolicy",
            "vnetSubnetID",
            "podSubnetID",
            "podIPAllocationMode",
            "availabilityZones",
            "enableEncryptionAtHost",
            "enableUltraSSD",
            "enableNodePublicIP",
            "nodePublicIPPrefixID",
            "gpuInstanceProfile",
            "gpuProfile",
            "hostGroupID",
            "proximityPlacementGroupID",
            "windowsProfile",
            "gatewayProfile",
            "workloadRuntime",
            "type",
            "messageOfTheDay",
            "networkProfile/nodePublicIPTags",
            "enableOSDiskFullCaching",
            "creationData",
            "kubeletConfig",
            "linuxOSConfig",
            "spotMaxPrice",
            "capacityReservationGroupID");

    /** Maps and lists that a PUT replaces as a whole: absent means none. */
    public static final List<String> POOL_REPLACED = List.of("nodeLabels", "nodeTaints", "tags");

    /** A change of one of these makes every node anew. */
    private static final List<String> POOL_REIMAGED = List.of(
            "osSKU",
            "nodeImageVersion",
            "enableFIPS",
            "securityProfile/enableVTPM",
            "securityProfile/enableSecureBoot");

    public static final List<String> CLUSTER_READ_ONLY = List.of(
            "provisioningState",
            "currentKubernetesVersion",
            "fqdn",
            "azurePortalFQDN",
            "privateFQDN",
            "resourceUID",
            "maxAgentPools",
            "powerState",
            "status",
            "agentPoolProfiles");

    public static final List<String> CLUSTER_FIXED = List.of(
            "dnsPrefix",
            "fqdnSubdomain",
            "nodeResourceGroup",
            "linuxProfile",
            "networkProfile/networkPlugin",
            "networkProfile/networkPolicy",
            "networkProfile/networkDataplane",
            "networkProfile/ipFamilies",
            "networkProfile/podCidr",
            "networkProfile/podCidrs",
            "networkProfile/serviceCidr",
            "networkProfile/serviceCidrs",
            "networkProfile/dnsServiceIP",
            "networkProfile/loadBalancerSku",
            "apiServerAccessProfile/enablePrivateCluster",
            "apiServerAccessProfile/privateDNSZone",
            "apiServerAccessProfile/enablePrivateClusterPublicFQDN");

    /** Once true, never false again. */
    private static final List<String> CLUSTER_ONE_WAY = List.of("oidcIssuerProfile/enabled", "aadProfile/managed");

    /** A change of one of these makes every node of every pool anew. */
    private static final List<String> CLUSTER_REIMAGED = List.of("httpProxyConfig");

    private PropertyRules() {}

    /** Whether a change of a pool makes every node anew. */
    public static boolean reimages(JsonNode before, JsonNode after) {
        return differ(POOL_REIMAGED, before, after);
    }

    /** Whether a change of a cluster makes every node of every pool anew. */
    public static boolean reimagesAll(JsonNode before, JsonNode after) {
        return differ(CLUSTER_REIMAGED, before, after);
    }

    private static boolean differ(List<String> paths, JsonNode before, JsonNode after) {
        return paths.stream().anyMatch(path -> !same(before.at("/" + path), after.at("/" + path)));
    }

    /** Refuses when {@code wanted} sets a fixed property to another value than it has. */
    public static void requireUnchanged(List<String> fixed, JsonNode current, JsonNode wanted) {
        for (String path : fixed) {
            JsonNode value = wanted.at("/" + path);
            if (!value.isMissingNode() && !value.isNull() && !same(current.at("/" + path), value)) {
                throw AksErrors.immutable("properties." + path.replace('/', '.'));
            }
        }
    }

    /** Refuses the way back from what can only be switched on. */
    static void requireOneWay(JsonNode current, JsonNode wanted) {
        for (String path : CLUSTER_ONE_WAY) {
            JsonNode value = wanted.at("/" + path);
            if (current.at("/" + path).asBoolean() && value.isBoolean() && !value.asBoolean()) {
                throw path.startsWith("oidc")
                        ? AksErrors.badRequest("OIDC issuer feature cannot be disabled once it has been enabled.")
                        : AksErrors.badRequest("The property properties." + path.replace('/', '.')
                                + " cannot be disabled once it has been enabled.");
            }
        }
        JsonNode groups = wanted.at("/aadProfile/adminGroupObjectIDs");
        if (groups.isArray()
                && groups.isEmpty()
                && !current.at("/aadProfile/adminGroupObjectIDs").isEmpty()) {
            throw AksErrors.badRequest("The admin groups of an AAD profile cannot all be removed.");
        }
    }

    /** Sets compare without order, text without case, and everything unset is equal. */
    public static boolean same(JsonNode left, JsonNode right) {
        if (Json.isUnset(left) && Json.isUnset(right)) {
            return true;
        }
        if (left.isArray() && right.isArray()) {
            return texts(left).equals(texts(right));
        }
        if (left.isNumber() && right.isNumber()) {
            return left.doubleValue() == right.doubleValue();
        }
        if (left.isTextual() && right.isTextual()) {
            return left.textValue().equalsIgnoreCase(right.textValue());
        }
        if (left.isObject() && right.isObject()) {
            ObjectNode merged = ((ObjectNode) left).deepCopy();
            Json.overlay(merged, right);
            return merged.equals(left);
        }
        return left.equals(right);
    }

    private static Set<String> texts(JsonNode list) {
        var texts = new TreeSet<String>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
