package dev.fleetwright.azure;

import dev.fleetwright.api.v1alpha1.ManagedControlPlaneSpec;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneSpec.Aad;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneSpec.ApiServerAccess;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneSpec.AutoUpgrade;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneSpec.Network;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneSpec.Sku;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a managed cluster that a spec may own: where each stands in the spec and in ARM's document, and whether
 * Azure changes it on an existing cluster (aks-protocol.md section 8).
 */
public enum ManagedClusterProperty {
    VERSION("version", "/properties/kubernetesVersion", true, s -> Comparison.plainVersion(s.version())),
    SKU_TIER("sku.tier", "/sku/tier", true, s -> of(s.sku(), Sku::tier)),
    TAGS("tags", "/tags", true, ManagedControlPlaneSpec::tags),
    AUTOSCALER(
            "autoscalerProfile", "/properties/autoScalerProfile", true, s -> AutoscalerKeys.of(s.autoscalerProfile())),
    AUTHORIZED_RANGES(
            "apiServerAccess.authorizedIPRanges",
            "/properties/apiServerAccessProfile/authorizedIPRanges",
            true,
            s -> of(s.apiServerAccess(), ApiServerAccess::authorizedIPRanges)),
    AAD_MANAGED("aad.managed", "/properties/aadProfile/managed", true, s -> of(s.aad(), Aad::managed)),
    AAD_RBAC(
            "aad.enableAzureRBAC",
            "/properties/aadProfile/enableAzureRBAC",
            true,
            s -> of(s.aad(), Aad::enableAzureRBAC)),
    AAD_GROUPS(
            "aad.adminGroupObjectIDs",
            "/properties/aadProfile/adminGroupObjectIDs",
            true,
            s -> of(s.aad(), Aad::adminGroupObjectIDs)),
    AAD_TENANT("aad.tenantID", "/properties/aadProfile/tenantID", true, s -> of(s.aad(), Aad::tenantID)),
    LOCAL_ACCOUNTS_OFF(
            "disableLocalAccounts",
            "/properties/disableLocalAccounts",
            true,
            ManagedControlPlaneSpec::disableLocalAccounts),
    OIDC_ISSUER(
            "oidcIssuerEnabled",
            "/properties/oidcIssuerProfile/enabled",
            true,
            ManagedControlPlaneSpec::oidcIssuerEnabled),
    WORKLOAD_IDENTITY(
            "workloadIdentityEnabled",
            "/properties/securityProfile/workloadIdentity/enabled",
            true,
            ManagedControlPlaneSpec::workloadIdentityEnabled),
    UPGRADE_CHANNEL(
            "autoUpgrade.upgradeChannel",
            "/properties/autoUpgradeProfile/upgradeChannel",
            true,
            s -> of(s.autoUpgrade(), AutoUpgrade::upgradeChannel)),
    NODE_OS_CHANNEL(
            "autoUpgrade.nodeOSUpgradeChannel",
            "/properties/autoUpgradeProfile/nodeOSUpgradeChannel",
            true,
            s -> of(s.autoUpgrade(), AutoUpgrade::nodeOSUpgradeChannel)),
    OUTBOUND_TYPE(
            "network.outboundType",
            "/properties/networkProfile/outboundType",
            true,
            s -> of(s.network(), Network::outboundType)),
    NETWORK_PLUGIN_MODE(
            "network.networkPluginMode",
            "/properties/networkProfile/networkPluginMode",
            true,
            s -> of(s.network(), Network::networkPluginMode)),
    LOCATION("location", "/location", false, s -> AzureLocation.canonical(s.location())),
    NODE_RESOURCE_GROUP(
            "nodeResourceGroupName",
            "/properties/nodeResourceGroup",
            false,
            ManagedControlPlaneSpec::nodeResourceGroupName),
    DNS_PREFIX("dnsPrefix", "/properties/dnsPrefix", false, ManagedControlPlaneSpec::dnsPrefix),
    NETWORK_PLUGIN(
            "network.networkPlugin",
            "/properties/networkProfile/networkPlugin",
            false,
            s -> of(s.network(), Network::networkPlugin)),
    NETWORK_POLICY(
            "network.networkPolicy",
            "/properties/networkProfile/networkPolicy",
            false,
            s -> of(s.network(), Network::networkPolicy)),
    NETWORK_DATAPLANE(
            "network.networkDataplane",
            "/properties/networkProfile/networkDataplane",
            false,
            s -> of(s.network(), Network::networkDataplane)),
    POD_CIDR("network.podCIDR", "/properties/networkProfile/podCidr", false, s -> of(s.network(), Network::podCIDR)),
    SERVICE_CIDR(
            "network.serviceCIDR",
            "/properties/networkProfile/serviceCidr",
            false,
            s -> of(s.network(), Network::serviceCIDR)),
    DNS_SERVICE_IP(
            "network.dnsServiceIP",
            "/properties/networkProfile/dnsServiceIP",
            false,
            s -> of(s.network(), Network::dnsServiceIP)),
    LOAD_BALANCER_SKU(
            "network.loadBalancerSKU",
            "/properties/networkProfile/loadBalancerSku",
            false,
            s -> of(s.network(), Network::loadBalancerSKU)),
    PRIVATE_CLUSTER(
            "apiServerAccess.enablePrivateCluster",
            "/properties/apiServerAccessProfile/enablePrivateCluster",
            false,
            s -> of(s.apiServerAccess(), ApiServerAccess::enablePrivateCluster)),
    PRIVATE_DNS_ZONE(
            "apiServerAccess.privateDNSZone",
            "/properties/apiServerAccessProfile/privateDNSZone",
            false,
            s -> of(s.apiServerAccess(), ApiServerAccess::privateDNSZone));

    private final String field;
    private final String pointer;
    private final boolean changeable;
    private final Function<ManagedControlPlaneSpec, @Nullable Object> wanted;

    ManagedClusterProperty(
            String field,
            String pointer,
            boolean changeable,
            Function<ManagedControlPlaneSpec, @Nullable Object> wanted) {
        this.field = field;
        this.pointer = pointer;
        this.changeable = changeable;
        this.wanted = wanted;
    }

    /** Name of the field in the spec. */
    public String field() {
        return field;
    }

    /** Where the field stands in ARM's document, as a JSON pointer. */
    public String pointer() {
        return pointer;
    }

    /** Whether Azure changes it on an existing cluster. */
    public boolean changeable() {
        return changeable;
    }

    /** The wanted value: text, flag, list of text, or map of text; null or empty when the spec leaves it to Azure. */
    public @Nullable Object wanted(ManagedClusterSpec spec) {
        return this == TAGS ? spec.allTags() : wanted.apply(spec.controlPlane());
    }

    private static <T> @Nullable Object of(@Nullable T part, Function<T, @Nullable Object> value) {
        return part == null ? null : value.apply(part);
    }
}
