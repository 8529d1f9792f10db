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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wanted of an AKS managed cluster. A field that is not set is neither compared nor written. */
@JsonClassDescription(
        "What is wanted of an AKS managed cluster. A field that is not set is neither compared nor written.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
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
