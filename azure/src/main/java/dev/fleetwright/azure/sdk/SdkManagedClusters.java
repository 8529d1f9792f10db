package dev.fleetwright.azure.sdk;

import com.azure.core.http.HttpMethod;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.api.ArmId;
import dev.fleetwright.azure.AgentPoolSpec;
import dev.fleetwright.azure.Difference;
import dev.fleetwright.azure.ManagedClusterSpec;
import dev.fleetwright.azure.ManagedClusterState;
import dev.fleetwright.azure.ManagedClusters;
import dev.fleetwright.azure.Submitted;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Managed clusters over ARM. Every reading teaches the budgets where its cluster stands. */
final class SdkManagedClusters implements ManagedClusters {
    private final ArmClient arm;

    SdkManagedClusters(ArmClient arm) {
        this.arm = arm;
    }

    @Override
    public Optional<ManagedClusterState> get(ArmId cluster) {
        String doing = "read managed cluster " + cluster;
        ArmReply reply = arm.get(cluster, ApiVersions.CONTAINER_SERVICE, doing);
        if (Absence.of(reply) != Absence.UNKNOWN) {
            return Optional.empty();
        }
        return Optional.of(read(arm.accepted(reply, doing).body()));
    }

    /** All clusters of a subscription, all pages; for the inventory. */
    List<ManagedClusterState> list(String subscriptionID) {
        String path = ArmClient.path(ArmId.subscription(subscriptionID))
                + "/providers/Microsoft.ContainerService/managedClusters";
        List<ManagedClusterState> clusters = new ArrayList<>();
        for (JsonNode document :
                arm.list(path, ApiVersions.CONTAINER_SERVICE, "list the managed clusters of " + subscriptionID)) {
            clusters.add(read(document));
        }
        return List.copyOf(clusters);
    }

    @Override
    public Submitted create(ArmId cluster, ManagedClusterSpec spec, List<AgentPoolSpec> pools) {
        arm.budgets().clusterIsIn(cluster.toString(), spec.controlPlane().location());
        return arm.write(
                        HttpMethod.PUT,
                        cluster,
                        ApiVersions.CONTAINER_SERVICE,
                        ManagedClusterDocument.create(cluster, spec, pools),
                        new ArmCondition.Absent(),
                        "create managed cluster " + cluster)
                .submitted();
    }

    @Override
    public Optional<Submitted> update(ArmId cluster, ManagedClusterSpec spec) {
        String doing = "update managed cluster " + cluster;
        ArmReply reply = arm.get(cluster, ApiVersions.CONTAINER_SERVICE, doing);
        Writable.requirePresent(reply, arm, doing);
        ManagedClusterState state = read(reply.body());
        Set<String> fields = spec.differencesFrom(state).stream()
                .filter(Difference::changeable)
                .map(Difference::field)
                .collect(Collectors.toUnmodifiableSet());
        // The last change failed: the same once more is how AKS is asked to try again.
        boolean halted = state.provisioningState().terminal()
                && !state.provisioningState().succeeded();
        if (fields.isEmpty() && !halted) {
            return Optional.empty();
        }
        Writable.requireIdle(state.provisioningState(), doing);
        return Optional.of(arm.write(
                        HttpMethod.PUT,
                        cluster,
                        ApiVersions.CONTAINER_SERVICE,
                        ManagedClusterDocument.update(reply.body(), spec, fields),
                        ArmCondition.unchanged(state.eTag()),
                        doing)
                .submitted());
    }

    @Override
    public Submitted delete(ArmId cluster, Optional<String> eTag) {
        return arm.delete(
                cluster,
                ApiVersions.CONTAINER_SERVICE,
                ArmCondition.unchangedIfGiven(eTag),
                "delete managed cluster " + cluster);
    }

    @Override
    public Submitted abort(ArmId cluster) {
        return post(cluster, "/abort", "abort the operation on managed cluster " + cluster)
                .submitted();
    }

    @Override
    public byte[] adminKubeconfig(ArmId cluster) {
        String doing = "get the admin credentials of managed cluster " + cluster;
        String value = post(cluster, "/listClusterAdminCredential", doing)
                .body()
                .at("/kubeconfigs/0/value")
                .asText("");
        try {
            byte[] kubeconfig = Base64.getDecoder().decode(value);
            if (kubeconfig.length > 0) {
                return kubeconfig;
            }
        } catch (IllegalArgumentException e) {
            // Told below, without the value.
        }
        throw FleetException.of(ErrorCode.TRANSIENT, "Azure gave no kubeconfig when asked to " + doing);
    }

    private ArmReply post(ArmId cluster, String action, String doing) {
        return arm.write(
                HttpMethod.POST,
                ArmClient.path(cluster) + action,
                ApiVersions.CONTAINER_SERVICE,
                null,
                new ArmCondition.None(),
                doing);
    }

    private ManagedClusterState read(JsonNode document) {
        ManagedClusterState state = ManagedClusterDocument.read(document);
        arm.budgets().clusterIsIn(state.id().toString(), state.location());
        return state;
    }
}
