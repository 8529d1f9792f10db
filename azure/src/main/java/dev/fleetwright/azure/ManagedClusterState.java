package dev.fleetwright.azure;

import dev.fleetwright.api.ArmId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One managed cluster as Azure reports it.
 *
 * @param eTag the entity tag of this reading; the reply to a create carries none
 * @param version the version asked for, maybe without a patch number
 * @param currentVersion the version that runs, all three numbers
 * @param fqdn of the API server: the private one for a private cluster
 * @param kubeletIdentityObjectID the principal that pulls images for the nodes; absent until the cluster is made
 * @param identityPrincipalID the principal of the cluster itself
 * @param reported what Azure reports for each property of the table; a property it does not report is absent
 * @param pools the agent pools, as the cluster's own document lists them
 */
public record ManagedClusterState(
        ArmId id,
        String location,
        Optional<String> eTag,
        ProvisioningState provisioningState,
        Optional<String> powerState,
        Optional<String> version,
        Optional<String> currentVersion,
        Optional<String> fqdn,
        Optional<String> nodeResourceGroup,
        Optional<String> kubeletIdentityObjectID,
        Optional<String> identityPrincipalID,
        Optional<String> oidcIssuerURL,
        Map<String, String> tags,
        Map<ManagedClusterProperty, Object> reported,
        List<AgentPoolState> pools) {
    public ManagedClusterState {
        tags = Map.copyOf(tags);
        reported = Map.copyOf(reported);
        pools = List.copyOf(pools);
    }

    /** Which object made it, if one of ours did. */
    public Optional<OwnerTag> owner() {
        return OwnerTag.of(tags);
    }

    /** The pool with that name in the cluster's own document; pool names are lower case. */
    public Optional<AgentPoolState> pool(String name) {
        return pools.stream().filter(p -> p.name().equals(name)).findFirst();
    }
}
