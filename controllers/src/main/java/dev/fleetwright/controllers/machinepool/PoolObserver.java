package dev.fleetwright.controllers.machinepool;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolStatus;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.OperationRef;
import dev.fleetwright.azure.AgentPoolState;
import dev.fleetwright.azure.Azure;
import dev.fleetwright.azure.Machine;
import dev.fleetwright.azure.ManagedClusterState;
import dev.fleetwright.azure.OperationStatus;
import dev.fleetwright.azure.Presence;
import dev.fleetwright.azure.credential.IdentityAccess;
import dev.fleetwright.controllers.anchor.Anchor;
import dev.fleetwright.controllers.azureaccess.ClusterAddress;
import dev.fleetwright.controllers.azureaccess.ClusterReader;
import dev.fleetwright.controllers.fleet.Fleet;
import dev.fleetwright.controllers.fleet.Workload;
import dev.fleetwright.controllers.machinepool.PoolObservation.ControlPlaneFacts;
import dev.fleetwright.core.reconcile.ObjectKey;
import dev.fleetwright.core.reconcile.Pass;
import io.fabric8.kubernetes.api.model.Node;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads what a pass over a pool rests on. Changes nothing. */
final class PoolObserver {
    /** Set by the nodepool-operator while it drains; a pool is not deleted in Azure before it is off. */
    private static final String DRAIN_FINALIZER_PREFIX = "fleetwright.dev/nodepool";

    private final Fleet fleet;
    private final IdentityAccess connections;
    private final ClusterReader reader;
    private final Workload workload;

    PoolObserver(Fleet fleet, IdentityAccess connections, ClusterReader reader, Workload workload) {
        this.fleet = fleet;
        this.connections = connections;
        this.reader = reader;
        this.workload = workload;
    }

    PoolObservation observe(Pass<MachinePool, MachinePoolStatus> pass) {
        MachinePool pool = pass.resource();
        ObjectKey cluster = clusterOf(pool);
        Anchor anchor = fleet.anchor(cluster);
        Optional<ManagedControlPlane> controlPlane = fleet.controlPlaneOf(cluster);
        Optional<ControlPlaneFacts> facts = controlPlane.map(PoolObserver::factsOf);
        boolean askAzure =
                facts.filter(f -> f.recorded() && !f.creating()).isPresent() && !(pass.deleting() && anchor.orphan());
        var blank = new PoolObservation(
                anchor,
                anchor.pauseOf(pool),
                facts,
                new PoolSight.NotLooked(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                drainPending(pool));
        return askAzure ? look(pass, blank, controlPlane.orElseThrow()) : blank;
    }

    /** The Cluster of a pool. */
    static ObjectKey clusterOf(MachinePool pool) {
        return new ObjectKey(
                pool.getMetadata().getNamespace(), pool.getSpec().clusterRef().name());
    }

    /** Azure as the pool's control plane reaches it. */
    Azure azureOf(ManagedControlPlane controlPlane) {
        return connections.connect(
                controlPlane.getSpec().identityRef(),
                controlPlane.getMetadata().getNamespace(),
                controlPlane.getSpec().subscriptionID());
    }

    private PoolObservation look(
            Pass<MachinePool, MachinePoolStatus> pass, PoolObservation blank, ManagedControlPlane controlPlane) {
        Azure azure = azureOf(controlPlane);
        ArmId cluster = ClusterAddress.of(controlPlane);
        Optional<OperationStatus> operation = Optional.ofNullable(pass.status().operation())
                .map(OperationRef::url)
                .map(url -> azure.operations().poll(url));
        boolean running = operation.orElse(null) instanceof OperationStatus.InProgress;
        PoolSight sight = running ? new PoolSight.NotLooked() : sight(pass, azure, cluster);
        Optional<List<Node>> nodes = workload.nodes(clusterOf(pass.resource()));
        Optional<List<Machine>> machines = sight instanceof PoolSight.Seen(ManagedClusterState c, AgentPoolState p)
                        && !pass.deleting()
                        && machinesDue(pass.status(), p, nodes)
                ? Optional.of(azure.agentPools().machines(p.id()))
                : Optional.empty();
        return new PoolObservation(
                blank.anchor(),
                blank.paused(),
                blank.controlPlane(),
                sight,
                operation,
                machines,
                nodes,
                blank.drainPending());
    }

    /** From the shared LIST when the pool rests there as it should; else by asking for the cluster itself. */
    private PoolSight sight(Pass<MachinePool, MachinePoolStatus> pass, Azure azure, ArmId cluster) {
        String name = pass.resource().getSpec().name();
        if (pass.status().operation() == null && !pass.deleting()) {
            Optional<ManagedClusterState> listed = reader.listed(azure, cluster);
            Optional<AgentPoolState> resting = listed.flatMap(c -> c.pool(name)).filter(p -> rests(pass, p));
            if (resting.isPresent()) {
                return new PoolSight.Seen(listed.get(), resting.get());
            }
        }
        Optional<ManagedClusterState> now = reader.now(azure, cluster);
        if (now.isEmpty()) {
            return new PoolSight.NoCluster();
        }
        Optional<AgentPoolState> inside = now.get().pool(name);
        return inside.isPresent()
                ? new PoolSight.Seen(now.get(), inside.get())
                // That the cluster's document lacks it proves little: ask for that very id.
                : switch (azure.agentPools().get(cluster.agentPool(name))) {
                    case Presence.Present<AgentPoolState>(AgentPoolState pool) -> new PoolSight.Seen(now.get(), pool);
                    case Presence.Absent<AgentPoolState> absent -> new PoolSight.NoPool(now.get());
                    case Presence.ParentAbsent<AgentPoolState> absent -> new PoolSight.NoCluster();
                };
    }

    private static boolean rests(Pass<MachinePool, MachinePoolStatus> pass, AgentPoolState pool) {
        return pool.provisioningState().succeeded()
                && WantedPool.now(pass.resource()).differencesFrom(pool).isEmpty();
    }

    /** After every operation, and whenever count, list and nodes do not agree. */
    private static boolean machinesDue(MachinePoolStatus status, AgentPoolState pool, Optional<List<Node>> nodes) {
        if (!pool.provisioningState().terminal()) {
            return false;
        }
        return status.operation() != null
                || status.providerIDList().size() != pool.count()
                || !Objects.equals(
                        status.provisioningState(), pool.provisioningState().value())
                || nodes.filter(n -> NodeTally.of(status.providerIDList(), Optional.ofNullable(status.scaleSetID()), n)
                                        .strangers()
                                > 0)
                        .isPresent();
    }

    private static ControlPlaneFacts factsOf(ManagedControlPlane controlPlane) {
        var status = controlPlane.getStatus();
        OperationRef operation = status == null ? null : status.operation();
        return new ControlPlaneFacts(
                status != null && status.id() != null,
                operation != null && "Create".equals(operation.kind()),
                controlPlane.getMetadata().getDeletionTimestamp() != null);
    }

    private static boolean drainPending(MachinePool pool) {
        List<String> finalizers = pool.getMetadata().getFinalizers();
        return finalizers != null && finalizers.stream().anyMatch(f -> f.startsWith(DRAIN_FINALIZER_PREFIX));
    }
}
