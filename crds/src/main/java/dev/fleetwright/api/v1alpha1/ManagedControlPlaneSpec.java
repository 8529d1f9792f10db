package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fleetwright.api.KubernetesVersion;
import dev.fleetwright.api.schema.Fixed;
import dev.fleetwright.api.schema.SetList;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wanted of an AKS managed cluster. A field that is not set is neither compared nor written. */
@JsonClassDescription(
        "What is wanted of an AKS managed cluster. A field that is not set is neither compared nor written.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = VersionRules.NO_DOWNGRADE, message = VersionRules.NO_DOWNGRADE_MESSAGE, fieldPath = ".version")
@ValidationRule(value = VersionRules.ONE_MINOR, message = VersionRules.ONE_MINOR_MESSAGE, fieldPath = ".version")
@ValidationRule(
        value = "!has(self.name) || self.name == '' || self.name.matches('^[A-Za-z0-9]([-_A-Za-z0-9]*[A-Za-z0-9])?$')",
        message = "name is none that Azure takes for a managed cluster: use letters, digits, '-' and '_', a letter or"
                + " digit first and last",
        fieldPath = ".name")
@ValidationRule(
        value = "!has(self.name) || !self.name.lowerAscii().matches('microsoft|windows')",
        message = "name contains microsoft or windows, which Azure refuses: choose another name",
        fieldPath = ".name")
@ValidationRule(
        value = "self.subscriptionID.matches('^[0-9A-Za-z][-0-9A-Za-z]*$')",
        message = "subscriptionID is no id of a subscription: use its id, not its name",
        fieldPath = ".subscriptionID")
@ValidationRule(
        value = NameRules.RESOURCE_GROUP,
        message = NameRules.RESOURCE_GROUP_MESSAGE,
        fieldPath = ".resourceGroupName")
@ValidationRule(
        value = NameRules.NODE_RESOURCE_GROUP,
        message = NameRules.NODE_RESOURCE_GROUP_MESSAGE,
        fieldPath = ".nodeResourceGroupName")
@ValidationRule(
        value = "self.location.matches('^[a-z0-9]+$')",
        message = "location is no name of a region: use the short name, as westeurope",
        fieldPath = ".location")
@ValidationRule(
        value = "!has(self.dnsPrefix) || self.dnsPrefix == '' ||"
                + " self.dnsPrefix.matches('^[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?$')",
        message = "dnsPrefix is none that Azure takes: use letters, digits and '-', a letter or digit first and last",
        fieldPath = ".dnsPrefix")
@ValidationRule(
        value = "!has(oldSelf.aad) || has(self.aad)",
        message = "aad cannot be removed again, as Azure has no way back: restore it",
        fieldPath = ".aad")
@ValidationRule(
        value = "!has(self.disableLocalAccounts) || !self.disableLocalAccounts || has(self.aad)",
        message = "disableLocalAccounts needs aad, or nobody could log in: add aad, or remove disableLocalAccounts",
        fieldPath = ".disableLocalAccounts")
@ValidationRule(
        value = "!has(self.workloadIdentityEnabled) || !self.workloadIdentityEnabled || (has(self.oidcIssuerEnabled)"
                + " && self.oidcIssuerEnabled)",
        message = "workloadIdentityEnabled needs the OIDC issuer: set oidcIssuerEnabled to true",
        fieldPath = ".workloadIdentityEnabled")
@ValidationRule(
        value = "!has(self.tags) || self.tags.all(key, key.lowerAscii() != 'fleetwright.owner')",
        message = "tags: fleetwright.owner is set by the operators: remove it",
        fieldPath = ".tags")
public record ManagedControlPlaneSpec(
        @JsonPropertyDescription("The Cluster this control plane belongs to.") @Required @Fixed
        LocalRef clusterRef,

        @JsonPropertyDescription("Credentials to act with.") @Required
        IdentityRef identityRef,

        @JsonPropertyDescription("Azure subscription; fixed at creation.") @Required @Size(min = 1, max = 64) @Fixed
        String subscriptionID,

        @JsonPropertyDescription("Resource group of the managed cluster; made when absent. Fixed at creation.")
        @Required
        @Size(min = 1, max = 90)
        @Fixed
        String resourceGroupName,

        @JsonPropertyDescription(
                "Name of the managed cluster in Azure; empty means the name of this object. Fixed at creation.")
        @Size(max = 63)
        @Nullable
        @Fixed
        String name,

        @JsonPropertyDescription("Resource group of the nodes; Azure chooses when empty. Fixed at creation.")
        @Size(max = 80)
        @Nullable
        @Fixed
        String nodeResourceGroupName,

        @JsonPropertyDescription("Azure region; fixed at creation.") @Required @Size(min = 1, max = 64) @Fixed
        String location,

        @JsonPropertyDescription("Kubernetes version, X.Y or X.Y.Z. Goes up only, one minor at a time.")
        @Required
        @Size(max = 32)
        @Pattern("^v?[0-9]+[.][0-9]+([.][0-9]+)?$")
        String version,

        @JsonPropertyDescription("DNS prefix of the API server; fixed at creation.") @Size(max = 54) @Nullable @Fixed
        String dnsPrefix,

        @JsonPropertyDescription("Tier of the managed cluster.") @Nullable
        Sku sku,

        @JsonPropertyDescription("Network of the cluster; mostly fixed at creation.") @Nullable
        Network network,

        @JsonPropertyDescription("Who reaches the API server.") @Nullable
        ApiServerAccess apiServerAccess,

        @JsonPropertyDescription("Entra integration; cannot be removed again.") @Nullable
        Aad aad,

        @JsonPropertyDescription("True: no local admin account; needs aad. Set once.") @Nullable @Fixed(onceSet = true)
        Boolean disableLocalAccounts,

        @JsonPropertyDescription("OIDC issuer; cannot be disabled again.") @Nullable @Fixed(onceSet = true)
        Boolean oidcIssuerEnabled,

        @JsonPropertyDescription("Workload identity; needs the OIDC issuer.") @Nullable
        Boolean workloadIdentityEnabled,

        @JsonPropertyDescription("Upgrades that Azure does by itself.") @Nullable
        AutoUpgrade autoUpgrade,

        @JsonPropertyDescription(
                "Profile of the cluster autoscaler; written by the companion-operator when an AzureClusterAutoscaler"
                        + " exists.")
        @Nullable
        AutoscalerProfile autoscalerProfile,

        @JsonPropertyDescription("Azure tags on the managed cluster.") @Size(max = 50)
        Map<String, @Size(max = 256) String> tags) {
    public ManagedControlPlaneSpec {
        tags = tags == null ? Map.of() : Map.copyOf(tags);
    }

    /** The version asked for. */
    public KubernetesVersion wantedVersion() {
        return KubernetesVersion.parse(version);
    }

    /** The name of the managed cluster in Azure: the one given, else that of the object. */
    public String effectiveName(String objectName) {
        return name == null || name.isEmpty() ? objectName : name;
    }

    /** Tier of the managed cluster. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Sku(
            @JsonPropertyDescription("Free, Standard or Premium.") @Pattern("^(Free|Standard|Premium)$") @Nullable
            String tier) {}

    /** Network of the cluster. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "!has(self.networkPolicy) || self.networkPolicy != 'cilium' || (has(self.networkDataplane) &&"
                    + " self.networkDataplane == 'cilium')",
            message = "networkPolicy cilium needs the dataplane: set networkDataplane to cilium",
            fieldPath = ".networkPolicy")
    @ValidationRule(
            value = "!has(self.networkDataplane) || self.networkDataplane != 'cilium' || (has(self.networkPolicy) &&"
                    + " self.networkPolicy == 'cilium')",
            message = "networkDataplane cilium needs the policy: set networkPolicy to cilium",
            fieldPath = ".networkDataplane")
    @ValidationRule(
            value = "!has(self.networkDataplane) || self.networkDataplane != 'cilium' || (has(self.networkPluginMode)"
                    + " && self.networkPluginMode == 'overlay')",
            message = "networkDataplane cilium needs an overlay: set networkPluginMode to overlay",
            fieldPath = ".networkDataplane")
    @ValidationRule(
            value = "!has(self.networkPluginMode) || !has(self.networkPlugin) || self.networkPlugin == 'azure'",
            message = "networkPluginMode overlay is a mode of the azure plugin: set networkPlugin to azure, or remove"
                    + " networkPluginMode",
            fieldPath = ".networkPluginMode")
    @ValidationRule(
            value = "!has(self.podCIDR) || self.podCIDR == '' || isCIDR(self.podCIDR)",
            message = "podCIDR is no address range: write it as 10.244.0.0/16",
            fieldPath = ".podCIDR")
    @ValidationRule(
            value = "!has(self.serviceCIDR) || self.serviceCIDR == '' || isCIDR(self.serviceCIDR)",
            message = "serviceCIDR is no address range: write it as 10.0.0.0/16",
            fieldPath = ".serviceCIDR")
    @ValidationRule(
            value = "!has(self.podCIDR) || !has(self.serviceCIDR) || !isCIDR(self.podCIDR) ||"
                    + " !isCIDR(self.serviceCIDR) || (!cidr(self.podCIDR).containsCIDR(self.serviceCIDR) &&"
                    + " !cidr(self.serviceCIDR).containsCIDR(self.podCIDR))",
            message = "podCIDR and serviceCIDR overlap: choose ranges apart from each other",
            fieldPath = ".podCIDR")
    @ValidationRule(
            value = "!has(self.dnsServiceIP) || self.dnsServiceIP == '' || (has(self.serviceCIDR) && self.serviceCIDR"
                    + " != '')",
            message = "dnsServiceIP needs serviceCIDR, which it lies in: set serviceCIDR, or remove dnsServiceIP",
            fieldPath = ".dnsServiceIP")
    @ValidationRule(
            value = "!has(self.dnsServiceIP) || self.dnsServiceIP == '' || !has(self.serviceCIDR) ||"
                    + " !isCIDR(self.serviceCIDR) || (isIP(self.dnsServiceIP) &&"
                    + " cidr(self.serviceCIDR).containsIP(self.dnsServiceIP))",
            message = "dnsServiceIP is no address inside serviceCIDR: choose one, as the tenth",
            fieldPath = ".dnsServiceIP")
    public record Network(
            @JsonPropertyDescription("azure, kubenet or none.") @Pattern("^(azure|kubenet|none)$") @Nullable @Fixed
            String networkPlugin,

            @JsonPropertyDescription("overlay, or not set.") @Pattern("^overlay$") @Nullable @Fixed(onceSet = true)
            String networkPluginMode,

            @JsonPropertyDescription("azure, calico, cilium or none.")
            @Pattern("^(azure|calico|cilium|none)$")
            @Nullable
            @Fixed
            String networkPolicy,

            @JsonPropertyDescription("azure or cilium.") @Pattern("^(azure|cilium)$") @Nullable @Fixed
            String networkDataplane,

            @JsonPropertyDescription("Range of the pods.") @Size(max = 64) @Nullable @Fixed
            String podCIDR,

            @JsonPropertyDescription("Range of the services.") @Size(max = 64) @Nullable @Fixed
            String serviceCIDR,

            @JsonPropertyDescription("Address of the DNS service, inside serviceCIDR.") @Size(max = 64) @Nullable @Fixed
            String dnsServiceIP,

            @JsonPropertyDescription("How traffic leaves.")
            @Pattern("^(loadBalancer|managedNATGateway|userAssignedNATGateway|userDefinedRouting|none)$")
            @Nullable
            @Fixed
            String outboundType,

            @JsonPropertyDescription("Only standard is supported by Azure.") @Pattern("^(?i)standard$") @Nullable @Fixed
            String loadBalancerSKU) {}

    /** Who reaches the API server. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "!has(self.privateDNSZone) || self.privateDNSZone == '' || (has(self.enablePrivateCluster) &&"
                    + " self.enablePrivateCluster)",
            message = "privateDNSZone is for private clusters: set enablePrivateCluster to true, or remove"
                    + " privateDNSZone",
            fieldPath = ".privateDNSZone")
    @ValidationRule(
            value =
                    "!has(self.privateDNSZone) || self.privateDNSZone == '' ||"
                        + " self.privateDNSZone.matches('(?i)^(system|none|/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft[.]Network/privateDnsZones/[^/]+)$')",
            message = "privateDNSZone is none that Azure takes: use system, none, or the ARM id of a private DNS zone",
            fieldPath = ".privateDNSZone")
    @ValidationRule(
            value = "!has(self.authorizedIPRanges) || size(self.authorizedIPRanges) == 0 ||"
                    + " !has(self.enablePrivateCluster) || !self.enablePrivateCluster",
            message = "authorizedIPRanges has no meaning on a private cluster, and Azure refuses it: remove it",
            fieldPath = ".authorizedIPRanges")
    @ValidationRule(
            value = "!has(self.authorizedIPRanges) || self.authorizedIPRanges.all(range, isCIDR(range) || isIP(range))",
            message = "authorizedIPRanges: an entry is no address range: write it as 203.0.113.0/24",
            fieldPath = ".authorizedIPRanges")
    public record ApiServerAccess(
            @JsonPropertyDescription("CIDRs that may reach the API server.") @Size(max = 200) @SetList
            List<@Size(max = 64) String> authorizedIPRanges,

            @JsonPropertyDescription("True: the API server has no public address. Fixed at creation.") @Nullable @Fixed
            Boolean enablePrivateCluster,

            @JsonPropertyDescription("system, none or an ARM id; private clusters only. Fixed at creation.")
            @Size(max = 512)
            @Nullable
            @Fixed
            String privateDNSZone) {
        public ApiServerAccess {
            authorizedIPRanges = authorizedIPRanges == null ? List.of() : List.copyOf(authorizedIPRanges);
        }
    }
    /** Entra integration. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Aad(
            @JsonPropertyDescription("Managed integration.") @Nullable
            Boolean managed,

            @JsonPropertyDescription("Azure RBAC for Kubernetes authorisation.") @Nullable
            Boolean enableAzureRBAC,

            @JsonPropertyDescription("Object ids of the admin groups.") @Size(max = 50) @SetList
            List<@Size(max = 64) String> adminGroupObjectIDs,

            @JsonPropertyDescription("Tenant of the groups.") @Size(max = 64) @Nullable
            String tenantID) {
        public Aad {
            adminGroupObjectIDs = adminGroupObjectIDs == null ? List.of() : List.copyOf(adminGroupObjectIDs);
        }
    }
    /** Upgrades that Azure does by itself. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record AutoUpgrade(
            @JsonPropertyDescription("Channel for versions.")
            @Pattern("^(node-image|none|patch|rapid|stable)$")
            @Nullable
            String upgradeChannel,

            @JsonPropertyDescription("Channel for node images.")
            @Pattern("^(NodeImage|None|SecurityPatch|Unmanaged)$")
            @Nullable
            String nodeOSUpgradeChannel) {}
}
