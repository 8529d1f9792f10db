package dev.fleetwright.controllers.machinepool;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.api.v1alpha1.AgentPoolTemplate;
import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolStatus;
import dev.fleetwright.azure.AgentPoolState;
import dev.fleetwright.azure.ManagedClusterState;
import dev.fleetwright.azure.OwnerTag;
import dev.fleetwright.azure.ProvisioningState;
import dev.fleetwright.controllers.anchor.Anchor;
import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.reconcile.Pass;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pool, its cluster and what Azure shows of them, to be bent by tests. */
final class Pools {
    static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");
    static final ArmId CLUSTER = ArmId.managedCluster("s", "rg", "c");
    static final OwnerTag OURS = new OwnerTag("fleet", "c-apps", "uid-1");

    private Pools() {}

    static MachinePool object(String mode, int replicas, String version) {
        return Serialization.unmarshal("""
            apiVersion: fleetwright.dev/v1alpha1
            kind: MachinePool
            metadata: {name: c-apps, namespace: fleet, uid: uid-1, generation: 2}
            spec: {clusterRef: {name: c}, name: apps, mode: %s, replicas: %d, version: "%s",
                   template: {vmSize: Standard_D4s_v5, labels: {team: a}}}
            """.formatted(mode, replicas, version), MachinePool.class);
    }

    static Anchor anchor(String more) {
        return Anchor.of("c", Optional.of(Serialization.unmarshal("""
            apiVersion: fleetwright.dev/v1alpha1
            kind: Cluster
            metadata: {name: c, namespace: fleet, uid: uid-c %s}
            spec: {controlPlaneRef: {name: c}, deletionProtection: false}
            """.formatted(more), Cluster.class)));
    }

    static MachinePool linked(MachinePool pool) {
        pool.getMetadata().setOwnerReferences(anchor("").ownersWith(pool));
        return pool;
    }

    static Pass<MachinePool, MachinePoolStatus> pass(MachinePool object, MachinePoolStatus status) {
        return new Pass<>(object, status, Conditions.of(status.conditions(), 2, NOW), NOW);
    }

    static AgentPoolState state(String name, String state, String mode, int count, OwnerTag owner) {
        Map<String, String> tags = owner == null ? Map.of() : Map.of(OwnerTag.KEY, owner.value());
        return new AgentPoolState(
                CLUSTER.agentPool(name),
                Optional.of("\"tag\""),
                new ProvisioningState(state),
                mode,
                Serialization.unmarshal(
                        "---\n{vmSize: Standard_D4s_v5, osType: Linux, maxPods: 250, labels: {team: a}, tags: %s}"
                                .formatted(Serialization.asJson(tags)),
                        AgentPoolTemplate.class),
                count,
                false,
                null,
                Optional.of("1.34.2"),
                Optional.of("1.34.2"),
                Optional.of("image"),
                Optional.empty());
    }

    static ManagedClusterState cluster(String state, AgentPoolState... pools) {
        return new ManagedClusterState(
                CLUSTER,
                "westeurope",
                Optional.of("\"c\""),
                new ProvisioningState(state),
                Optional.empty(),
                Optional.of("1.34.2"),
                Optional.of("1.34.2"),
                Optional.of("c.example"),
                Optional.of("MC"),
                Optional.of("kubelet"),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                List.of(pools));
    }

    static PoolObservation seen(PoolSight sight) {
        return new PoolObservation(
                anchor(""),
                Optional.empty(),
                Optional.of(new PoolObservation.ControlPlaneFacts(true, false, false)),
                sight,
                Optional.empty(),
                Optional.empty(),
                Optional.of(List.of()),
                false);
    }

    static PoolObservation in(PoolObservation seen, Anchor anchor) {
        return new PoolObservation(
                anchor,
                seen.paused(),
                seen.controlPlane(),
                seen.sight(),
                seen.operation(),
                seen.machines(),
                seen.nodes(),
                seen.drainPending());
    }
}
