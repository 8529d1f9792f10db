package dev.fleetwright.simulator.aks.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.aks.model.ClusterDocuments;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.arm.SimpleResources;
import dev.fleetwright.simulator.http.Json;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Turns what a client asks of a managed cluster, apart from its pools, into what it gets, or refuses. Pure. */
public final class ClusterRules {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]([-_a-zA-Z0-9]{0,61}[a-zA-Z0-9])?");
    private static final Pattern DNS_PREFIX = Pattern.compile("[a-zA-Z0-9]([-a-zA-Z0-9]{0,52}[a-zA-Z0-9])?");
    private static final int NODE_GROUP_LENGTH = 80;
    private static final List<String> TIERS = List.of("Free", "Standard", "Premium");

    private final KubernetesVersions versions;

    public ClusterRules(KubernetesVersions versions) {
        this.versions = versions;
    }

    /** Where a cluster is to be. */
    public record Place(String subscriptionId, String tenantId, String group, String name, String location) {}

    /**
     * A validated cluster.
     *
     * @param settings complete, without pools and read-only values
     * @param version resolved Kubernetes version
     */
    public record Admitted(ObjectNode settings, String version) {}

    public Admitted create(Place place, JsonNode wanted) {
        if (!NAME.matcher(place.name()).matches()) {
            throw AksErrors.invalid(
                    "resourceName",
                    "Managed cluster name '" + place.name()
                            + "' must have 1 to 63 letters, digits, hyphens and underscores and start and end with a"
                            + " letter or digit.");
        }
        ObjectNode settings = Json.resource(ClusterRules.class, "managed-cluster.json");
        overlay(settings, wanted);
        var properties = (ObjectNode) settings.get("properties");
        properties.set("networkProfile", NetworkProfile.create(wanted.at("/properties/networkProfile")));
        String prefix = properties
                .path("dnsPrefix")
                .asText(properties.path("fqdnSubdomain").asText(""));
        if (!DNS_PREFIX.matcher(prefix).matches()) {
            throw AksErrors.invalid(
                    "managedCluster.properties.dnsPrefix",
                    "'" + prefix + "' must have 1 to 54 letters, digits and hyphens and start and end with a letter or"
                            + " digit.");
        }
        fillOnce(place, properties, prefix);
        finish(settings, place);
        String version = properties.path("kubernetesVersion").asText();
        return new Admitted(settings, versions.resolve(version).orElseThrow(() -> AksErrors.versionUnknown(version)));
    }

    public Admitted update(Place place, ManagedCluster cluster, JsonNode wanted) {
        JsonNode request = wanted.path("properties");
        PropertyRules.requireUnchanged(PropertyRules.CLUSTER_FIXED, cluster.properties(), request);
        PropertyRules.requireOneWay(cluster.properties(), request);
        ObjectNode settings = cluster.settings().deepCopy();
        settings.remove("tags");
        overlay(settings, wanted);
        var network = (ObjectNode) cluster.properties().get("networkProfile");
        ObjectNode changedNetwork = NetworkProfile.change(network, request.path("networkProfile"));
        boolean ownNetwork = cluster.pools().stream()
                .anyMatch(pool -> !pool.property("vnetSubnetID").asText("").isEmpty());
        NetworkProfile.requireOutboundChange(network, changedNetwork, ownNetwork);
        ((ObjectNode) settings.get("properties")).set("networkProfile", changedNetwork);
        if (!cluster.properties().has("identityProfile") && echoesKubeletIdentity(cluster, request)) {
            ((ObjectNode) settings.get("properties")).remove("identityProfile");
        }
        finish(settings, place);
        return new Admitted(settings, version(cluster, settings));
    }

    /** A client that writes back what it has read sends the identity that AKS made. */
    private static boolean echoesKubeletIdentity(ManagedCluster cluster, JsonNode request) {
        String sent = request.at("/identityProfile/kubeletidentity/resourceId").asText("");
        return sent.equalsIgnoreCase(ClusterDocuments.kubeletIdentityId(cluster));
    }

    private static void overlay(ObjectNode settings, JsonNode wanted) {
        for (String part : List.of("tags", "sku", "identity", "kind", "extendedLocation", "properties")) {
            JsonNode value = wanted.path(part);
            if (value.isMissingNode() || value.isNull()) {
                continue;
            }
            ObjectNode request = Json.object();
            request.set(part, value.deepCopy());
            if (request.get(part) instanceof ObjectNode object && part.equals("properties")) {
                object.remove(PropertyRules.CLUSTER_READ_ONLY);
            }
            if (part.equals("identity")) {
                settings.remove(part);
            }
            Json.overlay(settings, request);
        }
    }

    /** What is decided at creation and never changes. */
    private void fillOnce(Place place, ObjectNode properties, String prefix) {
        String unique = UUID.randomUUID().toString().replace("-", "").substring(0, 8);
        String domain = "hcp." + place.location() + ".azmk8s.io";
        properties.put("fqdn", prefix + "-" + unique + "." + domain);
        properties.put("azurePortalFQDN", prefix + "-" + unique + ".portal." + domain);
        if (properties.path("nodeResourceGroup").asText("").length() > NODE_GROUP_LENGTH) {
            throw AksErrors.invalid(
                    "managedCluster.properties.nodeResourceGroup",
                    "The name of the node resource group has at most " + NODE_GROUP_LENGTH + " characters.");
        }
        if (properties.path("nodeResourceGroup").asText("").isEmpty()) {
            String group = "MC_" + place.group() + "_" + place.name() + "_" + place.location();
            properties.put(
                    "nodeResourceGroup",
                    group.length() <= NODE_GROUP_LENGTH ? group : group.substring(0, NODE_GROUP_LENGTH));
        }
        if (properties.path("kubernetesVersion").asText("").isEmpty()) {
            properties.put("kubernetesVersion", versions.standard());
        }
    }

    private static void finish(ObjectNode settings, Place place) {
        var properties = (ObjectNode) settings.get("properties");
        String tier = settings.path("sku").path("tier").asText();
        if (!TIERS.contains(tier)) {
            throw AksErrors.invalid("managedCluster.sku.tier", "'" + tier + "' is not one of " + TIERS + ".");
        }
        fillIdentity(settings, place);
        if (properties.path("identityProfile").has("kubeletidentity")
                && !settings.path("identity").path("type").asText().equals("UserAssigned")) {
            throw AksErrors.invalid(
                    "managedCluster.properties.identityProfile",
                    "A kubelet identity needs a user-assigned identity of the control plane.");
        }
        if (properties.path("oidcIssuerProfile").path("enabled").asBoolean()) {
            ((ObjectNode) properties.get("oidcIssuerProfile"))
                    .put(
                            "issuerURL",
                            "https://" + place.location() + ".oic.prod-aks.azure.com/" + place.tenantId() + "/"
                                    + SimpleResources.clientIdOf(place.group() + "/" + place.name()) + "/");
        }
        if (properties.path("aadProfile") instanceof ObjectNode directory && !directory.hasNonNull("tenantID")) {
            directory.put("tenantID", place.tenantId());
        }
        if (properties.path("autoScalerProfile") instanceof ObjectNode profile && !profile.isEmpty()) {
            properties.set("autoScalerProfile", AutoscalerProfile.complete(profile));
        }
        ClusterChecks.check(settings);
    }

    private static void fillIdentity(ObjectNode settings, Place place) {
        if (!(settings.path("identity") instanceof ObjectNode identity)) {
            return;
        }
        String cluster = ManagedCluster.id(place.subscriptionId(), place.group(), place.name());
        switch (identity.path("type").asText()) {
            case "SystemAssigned" ->
                identity.put("principalId", SimpleResources.objectIdOf(cluster)).put("tenantId", place.tenantId());
            case "UserAssigned" -> {
                if (identity.path("userAssignedIdentities").isEmpty()) {
                    throw AksErrors.invalid(
                            "managedCluster.identity.userAssignedIdentities", "A user-assigned identity is required.");
                }
                for (var entry : identity.path("userAssignedIdentities").properties()) {
                    identity.withObjectProperty("userAssignedIdentities")
                            .putObject(entry.getKey())
                            .put("principalId", SimpleResources.objectIdOf(entry.getKey()))
                            .put("clientId", SimpleResources.clientIdOf(entry.getKey()));
                }
            }
            default -> identity.remove(List.of("principalId", "tenantId"));
        }
    }

    /** Upward only, one minor at a time, and no pool left too far behind. */
    private String version(ManagedCluster cluster, ObjectNode settings) {
        String wanted = settings.path("properties").path("kubernetesVersion").asText();
        String current = cluster.version();
        String resolved = Optional.of(current)
                .filter(version -> version.equals(wanted) || version.startsWith(wanted + "."))
                .or(() -> versions.resolve(wanted))
                .orElseThrow(() -> AksErrors.versionUnknown(wanted));
        if (KubernetesVersions.compare(resolved, current) < 0) {
            throw AksErrors.notAllowed(
                    "Downgrading Kubernetes version from " + current + " to " + resolved + " is not allowed.");
        }
        if (KubernetesVersions.minor(resolved) - KubernetesVersions.minor(current) > 1) {
            throw AksErrors.notAllowed("Upgrading Kubernetes version " + current + " to " + resolved
                    + " is not allowed. Available upgrades: " + versions.upgrades(current)
                    + ". Please see https://aka.ms/aks-supported-k8s-ver for version details.");
        }
        return resolved;
    }
}
