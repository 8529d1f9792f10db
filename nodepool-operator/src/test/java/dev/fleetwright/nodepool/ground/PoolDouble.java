package dev.fleetwright.nodepool.ground;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolStatus;
import dev.fleetwright.core.condition.Conditions;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Plays the pool controllers and Azure: makes a Node for each ordered machine, tells so in the status of the MachinePool,
 * and takes the nodes away with the pool. Instance numbers begin at 0 in every pool, as on scale sets.
 */
public final class PoolDouble implements AutoCloseable {
    static final String FLEET_LABEL = "test.fleetwright.dev/fleet";

    private static final String FINALIZER = "fleetwright.dev/machine-pool";

    private final KubernetesClient client;
    private final String namespace;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private volatile String shortSize = "";

    public PoolDouble(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
        var _ = timer.scheduleWithFixedDelay(this::pass, 0, 200, TimeUnit.MILLISECONDS);
    }

    /** Pools of this VM size cannot be made: the quota is used up. Empty: everything can be made. */
    public void outOfQuota(String vmSize) {
        shortSize = vmSize;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void pass() {
        try {
            client.resources(MachinePool.class)
                    .inNamespace(namespace)
                    .list()
                    .getItems()
                    .forEach(this::play);
        } catch (RuntimeException e) {
            failures.add(e);
        }
    }

    private void play(MachinePool pool) {
        try {
            if (pool.getMetadata().getDeletionTimestamp() != null) {
                nodesOf(pool)
                        .forEach(
                                node -> client.resource(node).withGracePeriod(0).delete());
                client.resource(pool).edit(p -> {
                    p.removeFinalizer(FINALIZER);
                    return p;
                });
                return;
            }
            if (!pool.hasFinalizer(FINALIZER)) {
                client.resource(pool).edit(p -> {
                    p.addFinalizer(FINALIZER);
                    return p;
                });
                return;
            }
            MachinePoolStatus status = status(pool);
            if (!status.equals(pool.getStatus())) {
                pool.setStatus(status);
                client.resource(pool).lockResourceVersion().updateStatus();
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() != 409 && e.getCode() != 404) {
                throw e;
            }
        }
    }

    private MachinePoolStatus status(MachinePool pool) {
        MachinePoolStatus old = pool.getStatus() == null ? MachinePoolStatus.empty() : pool.getStatus();
        Conditions conditions =
                Conditions.of(old.conditions(), pool.getMetadata().getGeneration(), Instant.now());
        if (pool.getSpec().template().vmSize().equals(shortSize)) {
            return old.withConditions(conditions
                            .stalled("QuotaExceeded", "no quota left for " + shortSize)
                            .list())
                    .withProvisioningState("Failed")
                    .withId(id(pool))
                    .withObservedGeneration(pool.getMetadata().getGeneration());
        }
        int wanted = pool.getSpec().replicas() != null
                ? pool.getSpec().replicas()
                : pool.getSpec().scaling().min();
        List<Node> nodes = new ArrayList<>(nodesOf(pool));
        for (int i = nodes.size(); i < wanted; i++) {
            nodes.add(client.resource(node(pool, i)).create());
        }
        int ready = (int) nodes.stream().filter(PoolDouble::ready).count();
        return old.withConditions(
                        conditions.ready("Healthy", ready + " nodes ready").list())
                .withObservedGeneration(pool.getMetadata().getGeneration())
                .withProvisioningState("Succeeded")
                .withId(id(pool))
                .withVersion(pool.getSpec().version())
                .withReplicas(nodes.size())
                .withReadyReplicas(ready)
                .withProviderIDList(nodes.stream()
                        .map(n -> n.getSpec().getProviderID())
                        .sorted()
                        .toList());
    }

    private String id(MachinePool pool) {
        return "/subscriptions/s/resourceGroups/" + namespace
                + "/providers/Microsoft.ContainerService/managedClusters/c/agentPools/"
                + pool.getSpec().name();
    }

    private List<Node> nodesOf(MachinePool pool) {
        return client.nodes()
                .withLabel("test.fleetwright.dev/pool", pool.getMetadata().getUid())
                .list()
                .getItems();
    }

    private Node node(MachinePool pool, int instance) {
        String agentPool = pool.getSpec().name();
        Map<String, String> labels = new HashMap<>(pool.getSpec().template().labels());
        labels.put("kubernetes.azure.com/agentpool", agentPool);
        labels.put("topology.kubernetes.io/zone", "westeurope-" + (instance % 3 + 1));
        labels.put(FLEET_LABEL, namespace);
        labels.put("test.fleetwright.dev/pool", pool.getMetadata().getUid());
        return new NodeBuilder()
                .withNewMetadata()
                .withName("aks-" + agentPool + "-" + namespace + "-vmss" + String.format("%06d", instance))
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withProviderID("azure:///subscriptions/s/resourceGroups/mc_" + namespace
                        + "/providers/Microsoft.Compute/virtualMachineScaleSets/aks-" + agentPool
                        + "-vmss/virtualMachines/" + instance)
                .endSpec()
                .withNewStatus()
                .withCapacity(
                        Map.of("cpu", new Quantity("32"), "memory", new Quantity("256Gi"), "pods", new Quantity("110")))
                .withAllocatable(
                        Map.of("cpu", new Quantity("32"), "memory", new Quantity("256Gi"), "pods", new Quantity("110")))
                .endStatus()
                .build();
    }

    private static boolean ready(Node node) {
        return node.getStatus() != null
                && node.getStatus().getConditions() != null
                && node.getStatus().getConditions().stream()
                        .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
    }
}
