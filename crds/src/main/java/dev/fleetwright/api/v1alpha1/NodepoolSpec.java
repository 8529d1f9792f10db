package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fleetwright.api.KubernetesVersion;
import dev.fleetwright.api.schema.Fixed;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is wanted of a pool of nodes. Any field may change at any time; what Azure cannot change in place leads to a replacement. */
@JsonClassDescription(
        "What is wanted of a pool of nodes. Any field may change at any time; what Azure cannot change in place leads"
                + " to a replacement.")
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
public record NodepoolSpec(
        @JsonPropertyDescription("The Cluster this pool belongs to; fixed at creation.") @Required @Fixed
        LocalRef clusterRef,

        @JsonPropertyDescription("System or User.") @Default("User") @Pattern("^(System|User)$") @Nullable
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

        @JsonPropertyDescription("Kubernetes version; empty (the default) follows the control plane.")
        @Size(max = 32)
        @Pattern("^(v?[0-9]+[.][0-9]+([.][0-9]+)?)?$")
        @Nullable
        String version,

        @JsonPropertyDescription("True: no replacement step is taken; a running one waits where it is.") @Nullable
        Boolean paused,

        @JsonPropertyDescription("How a replacement goes about.") @Nullable
        ReplacementPolicy replacement) {
    /** System or User; User when not set. */
    public String effectiveMode() {
        return mode == null ? "User" : mode;
    }

    /** How a replacement goes about, with every default in place. */
    public ReplacementPolicy.Resolved effectiveReplacement() {
        return ReplacementPolicy.resolve(replacement);
    }

    /** The version asked for; empty when the pool follows the control plane. */
    public Optional<KubernetesVersion> wantedVersion() {
        return version == null || version.isEmpty() ? Optional.empty() : Optional.of(KubernetesVersion.parse(version));
    }
}
