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
    public static final List<String> POOL_READ_ONLY = List.of(
            "eTag",
            "provisioningState",
            "currentOrchestratorVersion",
            "nodeImageVersion",
            "powerState",
            "status",
            "name");

    /** Fixed at creation; another pool is needed. Open question 12: the last row is refused here. */
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
            "kubeletConfig",
            "linuxOSConfig",
            "spotMaxPrice",
            "capacityReservationGroupID");

    /** Maps and lists that a PUT replaces as a whole: absent means none. */
    public static final List<String> POOL_REPLACED = List.of("nodeLabels", "nodeTaints", "tags");

    /** A change of one of these makes every node anew. */
    public static final List<String> POOL_REIMAGED = List.of("osSKU", "enableFIPS", "securityProfile");

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
            "networkProfile/podCidr",
            "networkProfile/serviceCidr",
            "networkProfile/dnsServiceIP",
            "networkProfile/loadBalancerSku",
            "apiServerAccessProfile/enablePrivateCluster",
            "apiServerAccessProfile/privateDNSZone");

    private PropertyRules() {}

    /** Refuses when {@code wanted} sets a fixed property to another value than it has. */
    public static void requireUnchanged(List<String> fixed, JsonNode current, JsonNode wanted) {
        for (String path : fixed) {
            JsonNode value = wanted.at("/" + path);
            if (!value.isMissingNode() && !value.isNull() && !same(current.at("/" + path), value)) {
                throw AksErrors.immutable("properties." + path.replace('/', '.'));
            }
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
