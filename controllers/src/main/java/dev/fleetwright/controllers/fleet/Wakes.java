package dev.fleetwright.controllers.fleet;

import dev.fleetwright.api.v1alpha1.AzureClusterIdentity;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.azure.credential.IdentityAccess;
import dev.fleetwright.azure.queue.Requester;
import dev.fleetwright.controllers.identity.IdentityHold;
import dev.fleetwright.core.reconcile.ObjectKey;
import dev.fleetwright.core.reconcile.Trigger;
import dev.fleetwright.core.workload.ClusterConnections;
import dev.fleetwright.core.workload.ConnectionListener;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Who is woken by a change of what: the only place that knows. */
public final class Wakes {
    /** AKS puts the pool's name on its nodes, under the new and the old key. Good for waking, not for binding. */
    private static final List<String> POOL_LABELS = List.of("kubernetes.azure.com/agentpool", "agentpool");

    private final Fleet fleet;
    private final Trigger clusters = new Trigger();
    private final Trigger controlPlanes = new Trigger();
    private final Trigger machinePools = new Trigger();
    private final Trigger identities = new Trigger();

    public Wakes(Fleet fleet) {
        this.fleet = fleet;
        fleet.clusters()
                .wakes(controlPlanes, c -> controlPlaneKeys(ObjectKey.of(c)))
                .wakes(machinePools, c -> poolKeys(ObjectKey.of(c)));
        fleet.controlPlanes()
                .wakes(clusters, cp -> List.of(clusterOf(cp)))
                .wakes(machinePools, cp -> poolKeys(clusterOf(cp)))
                .wakes(identities, cp -> List.of(identityOf(cp)));
        fleet.machinePools()
                .wakes(clusters, p -> List.of(inSame(p, p.getSpec().clusterRef().name())))
                .wakes(
                        controlPlanes,
                        p -> controlPlaneKeys(inSame(p, p.getSpec().clusterRef().name())));
        fleet.nodepools()
                .wakes(clusters, p -> List.of(inSame(p, p.getSpec().clusterRef().name())));
        fleet.roleAssignments()
                .wakes(
                        controlPlanes,
                        r -> controlPlaneKeys(inSame(r, r.getSpec().clusterRef().name())));
        fleet.identities()
                .retries(controlPlanes, i -> keys(fleet.usersOf(ObjectKey.of(i))))
                .retries(machinePools, this::poolsActingWith);
        fleet.credentials()
                .retries(controlPlanes, this::controlPlanesNaming)
                .retries(machinePools, this::poolsNaming)
                .wakes(identities, s -> keys(identitiesNaming(s)));
        fleet.kubeconfigs()
                .wakes(
                        controlPlanes,
                        s -> controlPlaneKeys(inSame(s, labels(s).getOrDefault(Fleet.KUBECONFIG_LABEL, ""))));
    }

    /** Also wakes by what happens in the workload clusters. */
    public void follow(ClusterConnections connections) {
        connections.listen(new ConnectionListener() {
            @Override
            public void connectionChanged(ObjectKey cluster) {
                controlPlaneKeys(cluster).forEach(controlPlanes::wake);
                poolKeys(cluster).forEach(machinePools::wake);
            }

            @Override
            public void objectChanged(ObjectKey cluster, HasMetadata object) {
                poolsOf(cluster, object).forEach(machinePools::wake);
            }
        });
    }

    /** Tells a requester that its turn to change a managed cluster may have come. */
    public void turn(Requester requester) {
        var key = new ObjectKey(requester.namespace(), requester.name());
        if (requester.kind().equals("MachinePool")) {
            machinePools.wake(key);
        } else {
            controlPlanes.wake(key);
        }
    }

    public Trigger clusters() {
        return clusters;
    }

    public Trigger controlPlanes() {
        return controlPlanes;
    }

    public Trigger machinePools() {
        return machinePools;
    }

    public Trigger identities() {
        return identities;
    }

    private List<ObjectKey> controlPlaneKeys(ObjectKey cluster) {
        return keys(fleet.controlPlanesIn(cluster));
    }

    private List<ObjectKey> poolKeys(ObjectKey cluster) {
        return keys(fleet.poolsOf(cluster));
    }

    private Stream<ObjectKey> poolsOf(ObjectKey cluster, HasMetadata node) {
        var names = POOL_LABELS.stream()
                .map(labels(node)::get)
                .filter(n -> n != null)
                .toList();
        return fleet.poolsOf(cluster).stream()
                .filter(p -> names.isEmpty() || names.contains(p.getSpec().name()))
                .map(ObjectKey::of);
    }

    private List<ObjectKey> poolsActingWith(AzureClusterIdentity identity) {
        return fleet.usersOf(ObjectKey.of(identity)).stream()
                .flatMap(cp -> poolKeys(clusterOf(cp)).stream())
                .toList();
    }

    private List<AzureClusterIdentity> identitiesNaming(Secret secret) {
        return fleet.identities().all().stream()
                .filter(i -> IdentityHold.secretOf(i)
                        .filter(ObjectKey.of(secret)::equals)
                        .isPresent())
                .toList();
    }

    private List<ObjectKey> controlPlanesNaming(Secret secret) {
        return identitiesNaming(secret).stream()
                .flatMap(i -> fleet.usersOf(ObjectKey.of(i)).stream())
                .map(ObjectKey::of)
                .toList();
    }

    private List<ObjectKey> poolsNaming(Secret secret) {
        return identitiesNaming(secret).stream()
                .flatMap(i -> poolsActingWith(i).stream())
                .toList();
    }

    private static ObjectKey clusterOf(ManagedControlPlane cp) {
        return inSame(cp, cp.getSpec().clusterRef().name());
    }

    private static ObjectKey identityOf(ManagedControlPlane cp) {
        return IdentityAccess.keyOf(
                cp.getMetadata().getNamespace(), cp.getSpec().identityRef());
    }

    private static ObjectKey inSame(HasMetadata object, String name) {
        return new ObjectKey(object.getMetadata().getNamespace(), name);
    }

    private static List<ObjectKey> keys(List<? extends HasMetadata> objects) {
        return objects.stream().map(ObjectKey::of).toList();
    }

    private static Map<String, String> labels(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }
}
