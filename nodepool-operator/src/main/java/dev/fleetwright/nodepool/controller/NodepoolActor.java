package dev.fleetwright.nodepool.controller;

import dev.fleetwright.api.v1alpha1.Nodepool;
import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import dev.fleetwright.core.event.EventRecorder;
import dev.fleetwright.nodepool.cluster.Deletion;
import dev.fleetwright.nodepool.cluster.FleetActions;
import dev.fleetwright.nodepool.plan.Names;
import dev.fleetwright.nodepool.plan.NodepoolStep;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Map;

/** Does the steps of the Nodepool controller; each may be done twice without harm. */
final class NodepoolActor {
    private final KubernetesClient client;
    private final Caches caches;
    private final EventRecorder events;

    NodepoolActor(KubernetesClient client, Caches caches, EventRecorder events) {
        this.client = client;
        this.caches = caches;
        this.events = events;
    }

    /** True when something was changed, so that the next pass should follow at once. */
    boolean act(Nodepool nodepool, NodepoolStep step) {
        var fleet = new FleetActions(
                client, nodepool.getMetadata().getNamespace(), caches.cluster(NodepoolObserver.clusterOf(nodepool)));
        switch (step) {
            case NodepoolStep.CreatePool(var name, long generation, var spec) -> {
                fleet.createPool(name.machinePool(), generation, spec);
                events.normal(nodepool, "PoolCreated", "agent pool " + name.agentPool() + " is being made");
            }
            case NodepoolStep.UpdatePool(var pool, var spec) -> fleet.updatePool(pool, spec);
            case NodepoolStep.Begin begin -> begin(nodepool, begin);
            case NodepoolStep.Supersede(var running, String why) -> supersede(running, why);
            case NodepoolStep.DropPool(var pool) -> fleet.deletePool(pool);
            case NodepoolStep.Forget(var record) -> unlessChanged(() -> Deletion.exactly(client, record));
            case NodepoolStep.Wait wait -> {
                return false;
            }
            case NodepoolStep.LeaveTo leave -> {
                return false;
            }
            case NodepoolStep.Steady steady -> {
                return false;
            }
            case NodepoolStep.Gone gone -> {
                return false;
            }
        }
        return true;
    }

    private void begin(Nodepool nodepool, NodepoolStep.Begin begin) {
        String name = nodepool.getMetadata().getName() + "-" + begin.number();
        NodepoolReplacement record = new NodepoolReplacement();
        record.setMetadata(new ObjectMetaBuilder()
                .withNamespace(nodepool.getMetadata().getNamespace())
                .withName(name)
                .withLabels(Map.of(
                        Names.NODEPOOL_LABEL, nodepool.getMetadata().getName(),
                        Names.CLUSTER_LABEL, nodepool.getSpec().clusterRef().name()))
                .withAnnotations(Map.of(
                        Names.TEMPLATE_GENERATION, String.valueOf(begin.generation()),
                        Names.WANTED, begin.wanted()))
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion(nodepool.getApiVersion())
                        .withKind(nodepool.getKind())
                        .withName(nodepool.getMetadata().getName())
                        .withUid(nodepool.getMetadata().getUid())
                        .withController(true)
                        .build())
                .build());
        record.setSpec(begin.spec());
        // There already: the cache is late, and shows it soon.
        unlessChanged(() -> client.resource(record).create());
        var target = begin.spec().target();
        events.normal(
                nodepool,
                "ReplacementBegun",
                name + (target == null ? ": draining all pools" : ": " + target.name() + " shall serve"));
    }

    private void supersede(NodepoolReplacement running, String why) {
        String patch = client.getKubernetesSerialization()
                .asJson(Map.of(
                        "metadata",
                        Map.of("uid", running.getMetadata().getUid(), "annotations", Map.of(Names.SUPERSEDED, why))));
        unlessChanged(() -> client.resource(running).patch(PatchContext.of(PatchType.JSON_MERGE), patch));
    }

    /** Changed, there already or gone since it was read: the next pass decides on what is there then. */
    private static void unlessChanged(Runnable call) {
        try {
            call.run();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }
}
