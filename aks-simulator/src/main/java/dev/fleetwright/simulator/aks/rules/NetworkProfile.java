package dev.fleetwright.simulator.aks.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A cluster's network profile: what the server adds to what was sent, and how outbound traffic may change. Pure. */
final class NetworkProfile {
    private static final List<String> SOURCES = List.of("managedOutboundIPs", "outboundIPPrefixes", "outboundIPs");

    /** Where outbound traffic can move to, in a virtual network that AKS manages and in one of the client's own. */
    private static final Map<String, Set<String>> MANAGED = Map.of(
            "loadBalancer", Set.of("managedNATGateway", "none"),
            "managedNATGateway", Set.of("loadBalancer", "none"),
            "none", Set.of("loadBalancer", "managedNATGateway"));

    private static final Map<String, Set<String>> OWN = Map.of(
            "loadBalancer", Set.of("userAssignedNATGateway", "userDefinedRouting", "none"),
            "userAssignedNATGateway", Set.of("loadBalancer", "userDefinedRouting", "none"),
            "userDefinedRouting", Set.of("loadBalancer", "userAssignedNATGateway", "none"),
            "none", Set.of("loadBalancer", "userAssignedNATGateway", "userDefinedRouting"));

    private NetworkProfile() {}

    /** The profile of a new cluster. Without a plugin the server takes an overlay (recorded). */
    static ObjectNode create(JsonNode wanted) {
        ObjectNode profile = Json.object();
        String plugin = wanted.path("networkPlugin").asText("");
        profile.put("networkPlugin", plugin.isEmpty() ? "azure" : plugin);
        if (plugin.isEmpty()) {
            profile.put("networkPluginMode", "overlay");
        }
        profile.put("networkPolicy", "none");
        if (plugin.isEmpty() || plugin.equals("azure")) {
            profile.put("networkDataplane", "azure");
        }
        boolean pods = plugin.isEmpty()
                || plugin.equals("kubenet")
                || wanted.path("networkPluginMode").asText().equals("overlay");
        if (pods) {
            profile.put("podCidr", "10.244.0.0/16");
        }
        profile.put("serviceCidr", "10.0.0.0/16")
                .put("dnsServiceIP", "10.0.0.10")
                .put("outboundType", "loadBalancer");
        profile.putArray("ipFamilies").add("IPv4");
        return change(profile, wanted);
    }

    /** The profile after a change; parts that were not sent stay. */
    static ObjectNode change(ObjectNode current, JsonNode wanted) {
        ObjectNode profile = current.deepCopy();
        JsonNode balancer = wanted.path("loadBalancerProfile");
        if (profile.path("loadBalancerProfile") instanceof ObjectNode had && asksForSource(balancer)) {
            had.remove(SOURCES);
        }
        Json.overlay(profile, wanted);
        // sent "standard", came back "Standard" (recorded)
        if (!profile.path("loadBalancerSku").asText("").equals("basic")) {
            profile.put("loadBalancerSku", "Standard");
        }
        list(profile, "podCidr", "podCidrs");
        list(profile, "serviceCidr", "serviceCidrs");
        outbound(profile);
        return profile;
    }

    private static boolean asksForSource(JsonNode balancer) {
        return SOURCES.stream().anyMatch(balancer::hasNonNull);
    }

    private static void list(ObjectNode profile, String one, String many) {
        String range = profile.path(one).asText("");
        if (range.isEmpty() && !profile.path(many).isEmpty()) {
            profile.set(one, profile.path(many).path(0));
        } else if (!range.isEmpty() && !profile.path(many).path(0).asText().equals(range)) {
            profile.putArray(many).add(range);
        }
    }

    /** Exactly the part that belongs to the kind of outbound traffic. */
    private static void outbound(ObjectNode profile) {
        String type = profile.path("outboundType").asText();
        if (type.equals("loadBalancer")) {
            ObjectNode balancer = profile.withObjectProperty("loadBalancerProfile");
            balancer.remove("effectiveOutboundIPs");
            if (!asksForSource(balancer)) {
                balancer.putObject("managedOutboundIPs").put("count", 1);
            }
            if (!balancer.has("backendPoolType")) {
                balancer.put("backendPoolType", "NodeIPConfiguration");
            }
        } else {
            profile.remove("loadBalancerProfile");
        }
        if (type.equals("managedNATGateway")) {
            ObjectNode gateway = profile.withObjectProperty("natGatewayProfile");
            if (!gateway.has("managedOutboundIPProfile")) {
                gateway.putObject("managedOutboundIPProfile").put("count", 1);
            }
            if (!gateway.has("idleTimeoutInMinutes")) {
                gateway.put("idleTimeoutInMinutes", 4);
            }
        }
    }

    /** @param ownNetwork whether the pools are in subnets that the client brought */
    static void requireOutboundChange(JsonNode current, JsonNode changed, boolean ownNetwork) {
        String from = current.path("outboundType").asText();
        String to = changed.path("outboundType").asText();
        Set<String> reachable = (ownNetwork ? OWN : MANAGED).getOrDefault(from, Set.of());
        if (!from.equals(to) && !reachable.contains(to)) {
            throw AksErrors.notAllowed("Changing outboundType from '" + from + "' to '" + to + "' is not allowed with "
                    + (ownNetwork ? "a virtual network of your own." : "a managed virtual network."));
        }
    }
}
