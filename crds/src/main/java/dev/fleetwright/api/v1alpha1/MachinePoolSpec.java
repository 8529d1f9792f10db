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
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is wanted of one AKS agent pool. What Azure cannot change is immutable here. */
@JsonClassDescription("What is wanted of one AKS agent pool. What Azure cannot change is immutable here.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
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
