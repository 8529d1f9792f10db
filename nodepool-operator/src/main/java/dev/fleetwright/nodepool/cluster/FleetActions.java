package dev.fleetwright.nodepool.cluster;

import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolSpec;
import dev.fleetwright.api.v1alpha1.ObjectRef;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import dev.fleetwright.nodepool.plan.Names;
import dev.fleetwright.nodepool.replacement.Actions;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The MachinePools of one Nodepool in the management cluster. */
public final class FleetActions implements Actions.Fleet {
    private final KubernetesClient client;
    private final String namespace;
    private final Optional<Cluster> cluster;

    /**
     * @param cluster owner of the pools that are made
     */
    public FleetActions(KubernetesClient client, String namespace, Optional<Cluster> cluster) {
        this.client = client;
        this.namespace = namespace;
        this.cluster = cluster;
    }

    @Override
    public void createPool(String name, long generation, MachinePoolSpec spec) {
        ObjectRef nodepool = Objects.requireNonNull(spec.nodepoolRef(), "a pool of a Nodepool names it");
        MachinePool pool = new MachinePool();
        ObjectMetaBuilder meta = new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(Map.of(
                        Names.NODEPOOL_LABEL, nodepool.name(),
                        Names.CLUSTER_LABEL, spec.clusterRef().name()))
                .withAnnotations(Map.of(Names.TEMPLATE_GENERATION, String.valueOf(generation)));
        cluster.ifPresent(owner -> meta.withOwnerReferences(new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(false)
                .withBlockOwnerDeletion(true)
                .build()));
        pool.setMetadata(meta.build());
        pool.setSpec(spec);
        try {
            client.resource(pool).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            boolean ours = pool(name)
                    .map(found -> found.getSpec().nodepoolRef())
                    .filter(ref -> Objects.equals(ref.uid(), nodepool.uid()))
                    .isPresent();
            if (!ours) {
                throw FleetException.of(
                        ErrorCode.CONFIGURATION_PROBLEM,
                        "there is a MachinePool " + name + " that is not of this Nodepool: rename or delete it");
            }
        }
    }

    @Override
    public void updatePool(MachinePool read, MachinePoolSpec spec) {
        MachinePool changed = client.getKubernetesSerialization().clone(read);
        changed.setSpec(spec);
        try {
            client.resource(changed).lockResourceVersion().update();
        } catch (KubernetesClientException e) {
            // Changed or gone since it was read: the next pass decides on what is there then.
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    @Override
    public Optional<MachinePool> pool(String name) {
        return Optional.ofNullable(client.resources(MachinePool.class)
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    @Override
    public void deletePool(MachinePool read) {
        try {
            Deletion.exactly(client, read);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }
}
