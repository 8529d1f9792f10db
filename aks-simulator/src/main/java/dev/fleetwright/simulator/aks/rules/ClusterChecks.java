package dev.fleetwright.simulator.aks.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a managed cluster as a whole must keep to: section 8 of the protocol page as a table. Pure. */
final class ClusterChecks {
    private static final String NETWORK = "/properties/networkProfile/";
    private static final String API_SERVER = "/properties/apiServerAccessProfile/";
    private static final String SECURITY = "/properties/securityProfile/";
    private static final Pattern ARM_ID = Pattern.compile("(?i)/subscriptions/[^/]+/resourceGroups/[^/]+/providers/.+");
    private static final Pattern SSH_KEY = Pattern.compile("(ssh-rsa|ssh-ed25519) [A-Za-z0-9+/=]+( .*)?\\s*");

    private static final int MOST_TAGS = 50;
    private static final int MOST_IP_RANGES = 200;

    private static final List<Demand<JsonNode>> TABLE = List.of(
            new Demand<>(
                    "managedCluster.properties.networkProfile.networkPluginMode",
                    cluster -> text(cluster, NETWORK + "networkPluginMode").isEmpty()
                            || text(cluster, NETWORK + "networkPlugin").equals("azure"),
                    "networkPluginMode 'overlay' needs networkPlugin 'azure'."),
            new Demand<>(
                    "managedCluster.properties.networkProfile.networkPolicy",
                    cluster -> !text(cluster, NETWORK + "networkPolicy").equals("cilium")
                            || text(cluster, NETWORK + "networkDataplane").equals("cilium"),
                    "networkPolicy 'cilium' needs networkDataplane 'cilium'."),
            new Demand<>(
                    "managedCluster.properties.networkProfile.networkDataplane",
                    cluster -> !text(cluster, NETWORK + "networkDataplane").equals("cilium")
                            || text(cluster, NETWORK + "networkPlugin").equals("azure"),
                    "networkDataplane 'cilium' needs networkPlugin 'azure'."),
            new Demand<>(
                    "managedCluster.properties.networkProfile.networkPolicy",
                    cluster -> !text(cluster, NETWORK + "networkPolicy").equals("azure")
                            || text(cluster, NETWORK + "networkPlugin").equals("azure"),
                    "networkPolicy 'azure' needs networkPlugin 'azure'."),
            new Demand<>(
                    "managedCluster.properties.networkProfile.loadBalancerSku",
                    cluster -> text(cluster, NETWORK + "loadBalancerSku").equalsIgnoreCase("standard"),
                    "Only the Standard load balancer is supported."),
            new Demand<>(
                    "managedCluster.properties.networkProfile.podCidr",
                    range(NETWORK + "podCidr"),
                    "Not a CIDR range."),
            new Demand<>(
                    "managedCluster.properties.networkProfile.serviceCidr",
                    range(NETWORK + "serviceCidr"),
                    "Not a CIDR range."),
            new Demand<>(
                    "managedCluster.properties.networkProfile.serviceCidr",
                    cluster -> apart(cluster, NETWORK + "serviceCidr", NETWORK + "podCidr"),
                    "The service CIDR must not overlap the pod CIDR."),
            new Demand<>(
                    "managedCluster.properties.networkProfile.dnsServiceIP",
                    ClusterChecks::dnsInside,
                    "The DNS service IP must be inside the service CIDR and not its first address."),
            new Demand<>(
                    "managedCluster.properties.networkProfile.loadBalancerProfile",
                    cluster -> sources(cluster) <= 1,
                    "Only one of managedOutboundIPs, outboundIPPrefixes and outboundIPs can be set."),
            new Demand<>(
                    "managedCluster.properties.networkProfile.loadBalancerProfile.allocatedOutboundPorts",
                    cluster -> cluster.at(NETWORK + "loadBalancerProfile/allocatedOutboundPorts")
                                            .asInt()
                                    % 8
                            == 0,
                    "The number of ports must be a multiple of 8."),
            new Demand<>(
                    "managedCluster.properties.networkProfile.natGatewayProfile",
                    cluster -> cluster.at(NETWORK + "natGatewayProfile").isMissingNode()
                            || text(cluster, NETWORK + "outboundType").equals("managedNATGateway"),
                    "A NAT gateway profile needs outboundType 'managedNATGateway'."),
            new Demand<>(
                    "managedCluster.properties.supportPlan",
                    cluster -> !text(cluster, "/properties/supportPlan").equals("AKSLongTermSupport")
                            || text(cluster, "/sku/tier").equals("Premium"),
                    "Long-term support needs the Premium tier."),
            new Demand<>(
                    "managedCluster.properties.apiServerAccessProfile.privateDNSZone",
                    cluster -> isPrivate(cluster)
                            || text(cluster, API_SERVER + "privateDNSZone").isEmpty(),
                    "A private DNS zone needs a private cluster."),
            new Demand<>(
                    "managedCluster.properties.apiServerAccessProfile.privateDNSZone",
                    cluster -> List.of("", "system", "none")
                                    .contains(text(cluster, API_SERVER + "privateDNSZone")
                                            .toLowerCase(Locale.ROOT))
                            || ARM_ID.matcher(text(cluster, API_SERVER + "privateDNSZone"))
                                    .matches(),
                    "The private DNS zone is 'system', 'none' or the id of a zone."),
            new Demand<>(
                    "managedCluster.properties.apiServerAccessProfile.enablePrivateClusterPublicFQDN",
                    cluster -> isPrivate(cluster)
                            || !cluster.at(API_SERVER + "enablePrivateClusterPublicFQDN")
                                    .asBoolean(),
                    "A public FQDN of a private cluster needs a private cluster."),
            new Demand<>(
                    "managedCluster.properties.apiServerAccessProfile.authorizedIPRanges",
                    cluster -> !isPrivate(cluster)
                            || cluster.at(API_SERVER + "authorizedIPRanges").isEmpty(),
                    "Authorized IP ranges do not go with a private cluster."),
            new Demand<>(
                    "managedCluster.properties.apiServerAccessProfile.authorizedIPRanges",
                    ClusterChecks::rangesAreRanges,
                    "At most " + MOST_IP_RANGES + " public addresses or CIDR ranges."),
            new Demand<>(
                    "managedCluster.properties.disableLocalAccounts",
                    cluster -> !cluster.at("/properties/disableLocalAccounts").asBoolean()
                            || cluster.at("/properties/aadProfile").isObject(),
                    "Local accounts can be disabled only with an AAD profile."),
            new Demand<>(
                    "managedCluster.properties.aadProfile.enableAzureRBAC",
                    cluster -> !cluster.at("/properties/aadProfile/enableAzureRBAC")
                                    .asBoolean()
                            || cluster.at("/properties/aadProfile/managed").asBoolean(),
                    "Azure RBAC needs a managed AAD profile."),
            new Demand<>(
                    "managedCluster.properties.securityProfile.workloadIdentity",
                    cluster ->
                            !cluster.at(SECURITY + "workloadIdentity/enabled").asBoolean()
                                    || cluster.at("/properties/oidcIssuerProfile/enabled")
                                            .asBoolean(),
                    "Workload identity needs the OIDC issuer."),
            new Demand<>(
                    "managedCluster.properties.securityProfile.imageCleaner.intervalHours",
                    cluster -> between(cluster.at(SECURITY + "imageCleaner/intervalHours"), 24, 2160),
                    "The interval is 24 to 2160 hours."),
            new Demand<>(
                    "managedCluster.properties.securityProfile.azureKeyVaultKms",
                    cluster -> !kms(cluster) || text(cluster, "/identity/type").equals("UserAssigned"),
                    "Key management by Key Vault needs a user-assigned identity."),
            new Demand<>(
                    "managedCluster.properties.securityProfile.azureKeyVaultKms.keyId",
                    cluster -> !kms(cluster)
                            || text(cluster, SECURITY + "azureKeyVaultKms/keyId")
                                    .startsWith("https://"),
                    "The id of a key is required."),
            new Demand<>(
                    "managedCluster.properties.securityProfile.azureKeyVaultKms.keyVaultResourceId",
                    cluster -> text(cluster, SECURITY + "azureKeyVaultKms/keyVaultNetworkAccess")
                                    .equals("Private")
                            == !text(cluster, SECURITY + "azureKeyVaultKms/keyVaultResourceId")
                                    .isEmpty(),
                    "The resource id of the vault is required with private access, and refused otherwise."),
            new Demand<>(
                    "linuxProfile.ssh.publicKeys.keyData",
                    ClusterChecks::keysAreKeys,
                    "Not an SSH public key of type RSA or Ed25519."),
            new Demand<>(
                    "tags", cluster -> cluster.path("tags").size() <= MOST_TAGS, "At most " + MOST_TAGS + " tags."),
            new Demand<>(
                    "tags",
                    cluster -> cluster.path("tags").properties().stream()
                            .allMatch(tag -> tag.getKey().length() <= 512
                                    && tag.getValue().asText().length() <= 256),
                    "Tag names have at most 512 characters and values at most 256."));

    private ClusterChecks() {}

    /** @param cluster complete: identity, sku, tags and properties */
    static void check(JsonNode cluster) {
        Demand.require(TABLE, cluster);
    }

    private static String text(JsonNode cluster, String pointer) {
        return cluster.at(pointer).asText("");
    }

    private static boolean isPrivate(JsonNode cluster) {
        return cluster.at(API_SERVER + "enablePrivateCluster").asBoolean();
    }

    private static boolean kms(JsonNode cluster) {
        return cluster.at(SECURITY + "azureKeyVaultKms/enabled").asBoolean();
    }

    private static boolean between(JsonNode number, int least, int most) {
        return !number.isNumber() || (number.asInt() >= least && number.asInt() <= most);
    }

    private static Predicate<JsonNode> range(String pointer) {
        return cluster -> text(cluster, pointer).isEmpty()
                || Cidr.read(text(cluster, pointer)).isPresent();
    }

    private static boolean apart(JsonNode cluster, String one, String other) {
        Optional<Cidr> left = Cidr.read(text(cluster, one));
        Optional<Cidr> right = Cidr.read(text(cluster, other));
        return left.isEmpty() || right.isEmpty() || !left.get().overlaps(right.get());
    }

    private static boolean dnsInside(JsonNode cluster) {
        Optional<Cidr> services = Cidr.read(text(cluster, NETWORK + "serviceCidr"));
        Optional<Cidr> dns = Cidr.read(text(cluster, NETWORK + "dnsServiceIP"));
        return services.isEmpty()
                || (dns.isPresent()
                        && services.get().contains(dns.get())
                        && dns.get().first() > services.get().first() + 1);
    }

    private static long sources(JsonNode cluster) {
        JsonNode profile = cluster.at(NETWORK + "loadBalancerProfile");
        return List.of("managedOutboundIPs", "outboundIPPrefixes", "outboundIPs").stream()
                .filter(source -> !profile.path(source).isEmpty())
                .count();
    }

    private static boolean rangesAreRanges(JsonNode cluster) {
        JsonNode ranges = cluster.at(API_SERVER + "authorizedIPRanges");
        for (JsonNode range : ranges) {
            if (Cidr.read(range.asText()).isEmpty()) {
                return false;
            }
        }
        return ranges.size() <= MOST_IP_RANGES;
    }

    private static boolean keysAreKeys(JsonNode cluster) {
        for (JsonNode key : cluster.at("/properties/linuxProfile/ssh/publicKeys")) {
            if (!SSH_KEY.matcher(key.path("keyData").asText()).matches()) {
                return false;
            }
        }
        return true;
    }
}
