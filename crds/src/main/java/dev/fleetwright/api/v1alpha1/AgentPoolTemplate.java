package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fleetwright.api.schema.SetList;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shape of the nodes of an agent pool. A field that is not set is left to Azure. The class of every field (in place, replace ...) is in AgentPoolProperty. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.scaleSetEvictionPolicy) || (has(self.scaleSetPriority) && self.scaleSetPriority == 'Spot')",
        message = "scaleSetEvictionPolicy is for Spot pools: set scaleSetPriority to Spot, or remove"
                + " scaleSetEvictionPolicy",
        fieldPath = ".scaleSetEvictionPolicy")
@ValidationRule(
        value = "!has(self.spotMaxPrice) || (has(self.scaleSetPriority) && self.scaleSetPriority == 'Spot')",
        message = "spotMaxPrice is for Spot pools: set scaleSetPriority to Spot, or remove spotMaxPrice",
        fieldPath = ".spotMaxPrice")
@ValidationRule(
        value = "!has(self.nodePublicIPPrefixID) || (has(self.enableNodePublicIP) && self.enableNodePublicIP)",
        message = "nodePublicIPPrefixID needs public addresses: set enableNodePublicIP to true, or remove"
                + " nodePublicIPPrefixID",
        fieldPath = ".nodePublicIPPrefixID")
@ValidationRule(
        value = "!has(self.osSKU) || self.osSKU.startsWith('Windows') == (has(self.osType) && self.osType =="
                + " 'Windows')",
        message = "osSKU does not belong to osType: choose a Windows osSKU for osType Windows, another for Linux",
        fieldPath = ".osSKU")
@ValidationRule(
        value = "!has(self.labels) || self.labels.all(key, !key.startsWith('kubernetes.azure.com') &&"
                + " !key.startsWith('kubernetes.io'))",
        message = "labels: the prefixes kubernetes.azure.com and kubernetes.io are kept for Azure: use another prefix",
        fieldPath = ".labels")
@ValidationRule(
        value = "!has(self.labels) || self.labels.all(key,"
            + " key.matches('^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$')"
            + " && self.labels[key].matches('^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$'))",
        message = "labels: a key or value is not one that Kubernetes takes: use letters, digits, '-', '_' and '.', at"
                + " most 63",
        fieldPath = ".labels")
@ValidationRule(
        value = "!has(self.tags) || self.tags.all(key, key.lowerAscii() != 'fleetwright.owner')",
        message = "tags: fleetwright.owner is set by the operators: remove it",
        fieldPath = ".tags")
public record AgentPoolTemplate(
        @JsonPropertyDescription("VM size, for example Standard_D8s_v5.") @Required @Size(min = 1, max = 64)
        String vmSize,

        @JsonPropertyDescription("Linux or Windows.") @Default("Linux") @Pattern("^(Linux|Windows)$") @Nullable
        String osType,

        @JsonPropertyDescription("Ubuntu, AzureLinux, Windows2022 ...") @Size(min = 1, max = 32) @Nullable
        String osSKU,

        @JsonPropertyDescription("Size of the OS disk in GiB; 0 or unset: Azure chooses.") @Min(0) @Max(2048) @Nullable
        Integer osDiskSizeGB,

        @JsonPropertyDescription("Managed or Ephemeral.") @Pattern("^(Managed|Ephemeral)$") @Nullable
        String osDiskType,

        @JsonPropertyDescription("Where the kubelet keeps its data.") @Pattern("^(OS|Temporary)$") @Nullable
        String kubeletDiskType,

        @JsonPropertyDescription("Pods per node.") @Min(10) @Max(250) @Nullable
        Integer maxPods,

        @JsonPropertyDescription("Availability zones, as a set.") @Size(max = 3) @SetList
        List<@Size(max = 32) @Pattern("^[0-9]+$") String> zones,

        @JsonPropertyDescription("Regular or Spot.") @Pattern("^(Regular|Spot)$") @Nullable
        String scaleSetPriority,

        @JsonPropertyDescription("What happens to an evicted spot VM.") @Pattern("^(Delete|Deallocate)$") @Nullable
        String scaleSetEvictionPolicy,

        @JsonPropertyDescription("Highest price per hour in US dollars; -1: up to the regular price.")
        @Pattern("^(-1|[0-9]+([.][0-9]+)?)$")
        @Nullable
        String spotMaxPrice,

        @JsonPropertyDescription("Subnet of the nodes.") @Size(min = 1, max = 512) @Nullable
        String vnetSubnetID,

        @JsonPropertyDescription("Subnet of the pods.") @Size(min = 1, max = 512) @Nullable
        String podSubnetID,

        @JsonPropertyDescription("FIPS-validated node image.") @Nullable
        Boolean enableFIPS,

        @JsonPropertyDescription("Encryption at host.") @Nullable
        Boolean enableEncryptionAtHost,

        @JsonPropertyDescription("Ultra disks may be attached.") @Nullable
        Boolean enableUltraSSD,

        @JsonPropertyDescription("A public address per node.") @Nullable
        Boolean enableNodePublicIP,

        @JsonPropertyDescription("Prefix of the public addresses; needs enableNodePublicIP.")
        @Size(min = 1, max = 512)
        @Nullable
        String nodePublicIPPrefixID,

        @JsonPropertyDescription("Proximity placement group.") @Size(min = 1, max = 512) @Nullable
        String proximityPlacementGroupID,

        @JsonPropertyDescription("Capacity reservation group.") @Size(min = 1, max = 512) @Nullable
        String capacityReservationGroupID,

        @JsonPropertyDescription("Node labels. Prefixes kubernetes.azure.com and kubernetes.io are Azure's.")
        @Size(max = 64)
        Map<String, @Size(max = 63) String> labels,

        @JsonPropertyDescription("Node taints, as key=value:NoSchedule.") @Size(max = 32) @SetList
        List<@Size(max = 320) @Pattern("^[^=:]+(=[^=:]*)?:(NoSchedule|PreferNoSchedule|NoExecute)$") String> taints,

        @JsonPropertyDescription("Azure tags of the pool.") @Size(max = 50)
        Map<String, @Size(max = 256) String> tags,

        @JsonPropertyDescription(
                "For Azure's own node image upgrades; replacements are steered by Nodepool.spec.replacement.")
        @Nullable
        UpgradeSettings upgradeSettings) {
    public AgentPoolTemplate {
        zones = zones == null ? List.of() : List.copyOf(zones);
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        taints = taints == null ? List.of() : List.copyOf(taints);
        tags = tags == null ? Map.of() : Map.copyOf(tags);
    }

    /** Linux or Windows; Linux when not set. */
    public String effectiveOsType() {
        return osType == null ? "Linux" : osType;
    }

    /** The same shape with other values for the fields that can change in place. */
    public AgentPoolTemplate withChangeable(
            Map<String, String> newLabels,
            List<String> newTaints,
            Map<String, String> newTags,
            @Nullable UpgradeSettings newUpgradeSettings) {
        return new AgentPoolTemplate(
                vmSize,
                osType,
                osSKU,
                osDiskSizeGB,
                osDiskType,
                kubeletDiskType,
                maxPods,
                zones,
                scaleSetPriority,
                scaleSetEvictionPolicy,
                spotMaxPrice,
                vnetSubnetID,
                podSubnetID,
                enableFIPS,
                enableEncryptionAtHost,
                enableUltraSSD,
                enableNodePublicIP,
                nodePublicIPPrefixID,
                proximityPlacementGroupID,
                capacityReservationGroupID,
                newLabels,
                newTaints,
                newTags,
                newUpgradeSettings);
    }

    /** For Azure's own node image upgrades. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record UpgradeSettings(
            @JsonPropertyDescription("Nodes or percentage added while upgrading.") @Pattern("^[0-9]+%?$") @Nullable
            String maxSurge,

            @JsonPropertyDescription("Minutes per node; cannot be unset again.") @Min(1) @Max(1440) @Nullable
            Integer drainTimeoutInMinutes,

            @JsonPropertyDescription("Minutes after each node.") @Min(0) @Max(30) @Nullable
            Integer nodeSoakDurationInMinutes) {}
}
