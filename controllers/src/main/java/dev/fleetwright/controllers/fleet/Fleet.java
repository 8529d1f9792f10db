package dev.fleetwright.controllers.fleet;

import dev.fleetwright.api.v1alpha1.AzureClusterIdentity;
import dev.fleetwright.api.v1alpha1.AzureRoleAssignment;
import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.Nodepool;
import dev.fleetwright.azure.credential.IdentityAccess;
import dev.fleetwright.controllers.anchor.Anchor;
import dev.fleetwright.core.process.OperatorProcess;
import dev.fleetwright.core.reconcile.ObjectKey;
import dev.fleetwright.core.reconcile.Watch;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The objects of the fleet as the watches show them: maybe a moment old. Objects belong to the caches and are not changed.
 *
 * <p>Parts are filed under their Cluster, control planes under their identity as well.
 */
public record Fleet(
        KubernetesClient client,
        Watch<Cluster> clusters,
        Watch<ManagedControlPlane> controlPlanes,
        Watch<MachinePool> machinePools,
        Watch<Nodepool> nodepools,
        Watch<AzureRoleAssignment> roleAssignments,
        Watch<AzureClusterIdentity> identities,
        Watch<Secret> kubeconfigs,
        Watch<Secret> credentials) {
    /** On Secrets that hold the kubeconfig of a workload cluster (Cluster API contract). */
    public static final String KUBECONFIG_LABEL = "cluster.x-k8s.io/cluster-name";

    /** On Secrets that an identity names; put there by us, so that their changes are seen without watching all Secrets. */
    public static final String CREDENTIAL_LABEL = "fleetwright.dev/credential";

    /** Declares the watches; they run from the start of the process. */
    public static Fleet of(OperatorProcess process) {
        return new Fleet(
                process.client(),
                process.watch(Cluster.class),
                process.watch(
                        ManagedControlPlane.class,
                        "",
                        cp -> List.of(
                                inCluster(cp, cp.getSpec().clusterRef().name()),
                                withIdentity(IdentityAccess.keyOf(
                                        cp.getMetadata().getNamespace(),
                                        cp.getSpec().identityRef())))),
                process.watch(
                        MachinePool.class,
                        "",
                        p -> List.of(inCluster(p, p.getSpec().clusterRef().name()))),
                process.watch(
                        Nodepool.class,
                        "",
                        p -> List.of(inCluster(p, p.getSpec().clusterRef().name()))),
                process.watch(
                        AzureRoleAssignment.class,
                        "",
                        r -> List.of(inCluster(r, r.getSpec().clusterRef().name()))),
                process.watch(AzureClusterIdentity.class),
                process.watch(Secret.class, KUBECONFIG_LABEL, any -> List.of()),
                process.watch(Secret.class, CREDENTIAL_LABEL, any -> List.of()));
    }

    /** The Cluster of that name as its parts see it. An absence is confirmed by the API server, since it lets parts go. */
    public Anchor anchor(ObjectKey cluster) {
        Optional<Cluster> cached = clusters.get(cluster);
        return Anchor.of(
                cluster.name(),
                cached.isPresent()
                        ? cached
                        : Optional.ofNullable(client.resources(Cluster.class)
                                .inNamespace(cluster.namespace())
                                .withName(cluster.name())
                                .get()));
    }

    /**
     * The control plane of a Cluster: the one the Cluster names, or, when there is no Cluster any more, the one that names
     * the Cluster. An absence is confirmed by the API server.
     */
    public Optional<ManagedControlPlane> controlPlaneOf(ObjectKey cluster) {
        Optional<String> named =
                clusters.get(cluster).map(c -> c.getSpec().controlPlaneRef().name());
        List<ManagedControlPlane> cached = controlPlanes.lookup(index(cluster));
        List<ManagedControlPlane> found = cached.isEmpty()
                ? client
                        .resources(ManagedControlPlane.class)
                        .inNamespace(cluster.namespace())
                        .list()
                        .getItems()
                        .stream()
                        .filter(cp -> cp.getSpec().clusterRef().name().equals(cluster.name()))
                        .toList()
                : cached;
        return found.stream()
                .filter(cp ->
                        named.isEmpty() || named.get().equals(cp.getMetadata().getName()))
                .min(Comparator.comparing(cp -> cp.getMetadata().getName()));
    }

    /** All control planes that name a Cluster: one, unless somebody made a mistake. */
    public List<ManagedControlPlane> controlPlanesIn(ObjectKey cluster) {
        return controlPlanes.lookup(index(cluster));
    }

    /** The pools of a Cluster, sorted by name. */
    public List<MachinePool> poolsOf(ObjectKey cluster) {
        return machinePools.lookup(index(cluster)).stream()
                .sorted(Comparator.comparing(p -> p.getMetadata().getName()))
                .toList();
    }

    /** The Nodepools of a Cluster. */
    public List<Nodepool> nodepoolsOf(ObjectKey cluster) {
        return nodepools.lookup(index(cluster));
    }

    /** The role assignments that stand on behalf of a Cluster. */
    public List<AzureRoleAssignment> roleAssignmentsOf(ObjectKey cluster) {
        return roleAssignments.lookup(index(cluster));
    }

    /** The control planes, of any namespace, that act with an identity. */
    public List<ManagedControlPlane> usersOf(ObjectKey identity) {
        return controlPlanes.lookup(withIdentity(identity));
    }

    private static String index(ObjectKey cluster) {
        return "cluster " + cluster;
    }

    private static String inCluster(HasMetadata part, String cluster) {
        return index(new ObjectKey(part.getMetadata().getNamespace(), cluster));
    }

    private static String withIdentity(ObjectKey identity) {
        return "identity " + identity;
    }
}
