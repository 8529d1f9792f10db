package dev.fleetwright.controllers.controlplane;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.api.v1alpha1.AzureRoleAssignment;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneStatus;
import dev.fleetwright.api.v1alpha1.OperationRef;
import dev.fleetwright.azure.AgentPoolSpec;
import dev.fleetwright.azure.Azure;
import dev.fleetwright.azure.ManagedClusterState;
import dev.fleetwright.azure.OperationStatus;
import dev.fleetwright.azure.OwnerTag;
import dev.fleetwright.azure.ResourceGroupState;
import dev.fleetwright.azure.credential.IdentityAccess;
import dev.fleetwright.controllers.anchor.Anchor;
import dev.fleetwright.controllers.azureaccess.ClusterAddress;
import dev.fleetwright.controllers.azureaccess.ClusterReader;
import dev.fleetwright.controllers.fleet.Fleet;
import dev.fleetwright.controllers.fleet.Workload;
import dev.fleetwright.controllers.identity.IdentityHold;
import dev.fleetwright.core.error.FleetException;
import dev.fleetwright.core.reconcile.ObjectKey;
import dev.fleetwright.core.reconcile.Pass;
import java.util.List;
import java.util.Optional;

/** Reads what a pass over a control plane rests on. Changes nothing. */
final class ControlPlaneObserver {
    private final Fleet fleet;
    private final IdentityAccess connections;
    private final ClusterReader reader;
    private final Workload workload;
    private final KubeconfigSecrets kubeconfigs;

    ControlPlaneObserver(
            Fleet fleet,
            IdentityAccess connections,
            ClusterReader reader,
            Workload workload,
            KubeconfigSecrets kubeconfigs) {
        this.fleet = fleet;
        this.connections = connections;
        this.reader = reader;
        this.workload = workload;
        this.kubeconfigs = kubeconfigs;
    }

    ControlPlaneObservation observe(Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass) {
        ManagedControlPlane object = pass.resource();
        ObjectKey cluster = clusterOf(object);
        Anchor anchor = fleet.anchor(cluster);
        ObjectKey identity =
                IdentityAccess.keyOf(cluster.namespace(), object.getSpec().identityRef());
        var blank = new ControlPlaneObservation(
                anchor,
                anchor.pauseOf(object),
                IdentityHold.reserved(fleet, identity),
                new ClusterSight.NotLooked(),
                new GroupSight.NotLooked(),
                Optional.empty(),
                kubeconfigs.sight(object, pass.now()),
                firstPools(cluster),
                workload.nodes(cluster).isPresent(),
                roleAssignmentsInTheWay(cluster, anchor));
        return pass.deleting() ? farewell(pass, blank) : living(pass, blank);
    }

    /** The Cluster of a control plane. */
    static ObjectKey clusterOf(ManagedControlPlane object) {
        return new ObjectKey(
                object.getMetadata().getNamespace(),
                object.getSpec().clusterRef().name());
    }

    /** Azure as the control plane's identity reaches it. */
    Azure azureOf(ManagedControlPlane object) {
        return connections.connect(
                object.getSpec().identityRef(),
                object.getMetadata().getNamespace(),
                object.getSpec().subscriptionID());
    }

    private ControlPlaneObservation living(
            Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass, ControlPlaneObservation blank) {
        return blank.anchor().present() ? look(pass, blank) : blank;
    }

    /** A control plane that never got as far as asking for a cluster can go although Azure cannot be reached. */
    private ControlPlaneObservation farewell(
            Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass, ControlPlaneObservation blank) {
        boolean nothingToDo = blank.anchor().orphan() || blank.anchor().protectedFromDeletion();
        if (nothingToDo) {
            return blank;
        }
        try {
            return look(pass, blank);
        } catch (FleetException e) {
            if (pass.status().id() == null && pass.status().resourceGroupOwned() == null) {
                return blank;
            }
            throw e;
        }
    }

    private ControlPlaneObservation look(
            Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass, ControlPlaneObservation blank) {
        Azure azure = azureOf(pass.resource());
        ArmId cluster = ClusterAddress.of(pass.resource());
        Optional<OperationStatus> operation = Optional.ofNullable(pass.status().operation())
                .map(OperationRef::url)
                .map(url -> azure.operations().poll(url));
        if (operation.orElse(null) instanceof OperationStatus.InProgress) {
            return blank.with(new ClusterSight.NotLooked(), new GroupSight.NotLooked(), operation);
        }
        Optional<ManagedClusterState> seen = listedAtRest(pass, azure, cluster).or(() -> reader.now(azure, cluster));
        return seen.isPresent()
                ? blank.with(new ClusterSight.Seen(seen.get()), new GroupSight.NotLooked(), operation)
                : blank.with(new ClusterSight.Absent(), group(azure, cluster, pass.deleting()), operation);
    }

    /** The shared LIST is enough for a cluster that rests there as it should. */
    private Optional<ManagedClusterState> listedAtRest(
            Pass<ManagedControlPlane, ManagedControlPlaneStatus> pass, Azure azure, ArmId cluster) {
        if (pass.deleting() || pass.status().operation() != null) {
            return Optional.empty();
        }
        return reader.listed(azure, cluster)
                .filter(c -> c.provisioningState().succeeded()
                        && WantedCluster.of(pass.resource()).differencesFrom(c).isEmpty());
    }

    private static GroupSight group(Azure azure, ArmId cluster, boolean deleting) {
        ArmId id = ArmId.resourceGroup(
                cluster.valueOf("subscriptions").orElseThrow(),
                cluster.valueOf("resourceGroups").orElseThrow());
        Optional<ResourceGroupState> group = azure.resourceGroups().get(id);
        return group.isPresent()
                ? new GroupSight.Seen(
                        group.get(), deleting && azure.resourceGroups().isEmpty(id))
                : new GroupSight.Absent();
    }

    private List<AgentPoolSpec> firstPools(ObjectKey cluster) {
        return fleet.poolsOf(cluster).stream()
                .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
                .filter(p -> "System".equals(p.getSpec().mode()))
                .filter(p -> p.getMetadata().getUid() != null)
                .map(ControlPlaneObserver::firstPool)
                .toList();
    }

    private static AgentPoolSpec firstPool(MachinePool pool) {
        var metadata = pool.getMetadata();
        return AgentPoolSpec.of(
                pool.getSpec(), new OwnerTag(metadata.getNamespace(), metadata.getName(), metadata.getUid()));
    }

    /** Those that go with the cluster; an assignment that stays when only the control plane goes is not waited for. */
    private int roleAssignmentsInTheWay(ObjectKey cluster, Anchor anchor) {
        boolean all = anchor.deleting() || !anchor.present();
        return (int) fleet.roleAssignmentsOf(cluster).stream()
                .filter(r -> all || isGoing(r))
                .count();
    }

    private static boolean isGoing(AzureRoleAssignment assignment) {
        return assignment.getMetadata().getDeletionTimestamp() != null;
    }
}
