package dev.fleetwright.azure;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.api.v1alpha1.AgentPoolTemplate;
import dev.fleetwright.api.v1alpha1.Scaling;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One agent pool as Azure reports it.
 *
 * @param id the pool's id, made from its cluster's id and its name when the cluster's LIST gives none
 * @param eTag the entity tag of this reading; Azure sometimes gives none
 * @param mode {@code System} or {@code User}
 * @param template the reported shape, in the words of the spec; what Azure does not report is null or empty
 * @param count the number of nodes Azure reports; not the number wanted while an operation runs
 * @param autoscaled whether the AKS autoscaler owns the count
 * @param scaling the autoscaler's bounds; null when it is off
 * @param version the version asked for
 * @param currentVersion the version that runs, all three numbers
 * @param provisioningError what the last operation left behind, if it failed: code and message
 */
public record AgentPoolState(
        ArmId id,
        Optional<String> eTag,
        ProvisioningState provisioningState,
        String mode,
        AgentPoolTemplate template,
        int count,
        boolean autoscaled,
        @Nullable Scaling scaling,
        Optional<String> version,
        Optional<String> currentVersion,
        Optional<String> nodeImageVersion,
        Optional<String> provisioningError) {
    /** The pool's name in Azure. */
    public String name() {
        return id.name();
    }

    public Map<String, String> tags() {
        return template.tags();
    }

    /** Which object made it, if one of ours did. */
    public Optional<OwnerTag> owner() {
        return OwnerTag.of(tags());
    }
}
