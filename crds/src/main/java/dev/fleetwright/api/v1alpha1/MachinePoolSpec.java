package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fleetwright.api.KubernetesVersion;
import dev.fleetwright.api.schema.Fixed;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is wanted of one AKS agent pool. What Azure cannot change is immutable here. */
@JsonClassDescription("What is wanted of one AKS agent pool. What Azure cannot change is immutable here.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = PoolRules.ONE_COUNT, message = PoolRules.ONE_COUNT_MESSAGE, fieldPath = ".replicas")
@ValidationRule(
        value = PoolRules.SYSTEM_LINUX,
        message = PoolRules.SYSTEM_LINUX_MESSAGE,
        fieldPath = ".template.osType")
@ValidationRule(
        value = PoolRules.SYSTEM_REGULAR,
        message = PoolRules.SYSTEM_REGULAR_MESSAGE,
        fieldPath = ".template.scaleSetPriority")
@ValidationRule(value = PoolRules.SYSTEM_COUNT, message = PoolRules.SYSTEM_COUNT_MESSAGE, fieldPath = ".mode")
@ValidationRule(value = PoolRules.SYSTEM_PODS, message = PoolRules.SYSTEM_PODS_MESSAGE, fieldPath = ".template.maxPods")
@ValidationRule(
        value = "self.name.matches('^[a-z][a-z0-9]{0,11}$')",
        message = "name is none that Azure takes for an agent pool: use 1 to 12 lower-case letters and digits, a letter"
                + " first",
        fieldPath = ".name")
@ValidationRule(
        value = "!has(self.template.osType) || self.template.osType != 'Windows' || size(self.name) <= 6",
        message = "name is too long for a Windows pool: use at most 6 characters",
        fieldPath = ".name")
@ValidationRule(
        value = VersionRules.NO_DOWNGRADE_OF_OPTIONAL,
        message = VersionRules.NO_DOWNGRADE_MESSAGE,
        fieldPath = ".version")
public record MachinePoolSpec(
        @JsonPropertyDescription("The Cluster this pool belongs to.") @Required @Fixed
        LocalRef clusterRef,

        @JsonPropertyDescription(
                "Name of the agent pool in Azure: lower-case letters and digits, at most 12 on Linux and 6 on Windows."
                        + " Fixed at creation.")
        @Required
        @Size(min = 1, max = 12)
        @Fixed
        String name,

        @JsonPropertyDescription("System or User.") @Required @Pattern("^(System|User)$")
        String mode,

        @JsonPropertyDescription("Shape of the nodes.") @Required
        AgentPoolTemplate template,

        @JsonPropertyDescription("Number of nodes; exactly one of replicas and scaling is set.")
        @Min(0)
        @Max(1000)
        @SpecReplicas
        @Nullable
        Integer replicas,

        @JsonPropertyDescription("Bounds for the AKS autoscaler; exactly one of replicas and scaling is set.") @Nullable
        Scaling scaling,

        @JsonPropertyDescription("Kubernetes version; empty means the control plane's at creation. Goes up only.")
        @Size(max = 32)
        @Pattern("^(v?[0-9]+[.][0-9]+([.][0-9]+)?)?$")
        @Nullable
        String version,

        @JsonPropertyDescription("The Nodepool that made this pool, if one did.") @Nullable @Fixed(onceSet = true)
        ObjectRef nodepoolRef) {
    /** The version asked for; empty when it is the control plane's at creation. */
    public Optional<KubernetesVersion> wantedVersion() {
        return version == null || version.isEmpty() ? Optional.empty() : Optional.of(KubernetesVersion.parse(version));
    }
}
