package dev.fleetwright.nodepool.replacement;

import dev.fleetwright.api.v1alpha1.AgentPoolTemplate;
import dev.fleetwright.api.v1alpha1.LocalRef;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolSpec;
import dev.fleetwright.api.v1alpha1.MachinePoolStatus;
import dev.fleetwright.api.v1alpha1.ObjectRef;
import dev.fleetwright.nodepool.drain.Disposition;
import dev.fleetwright.nodepool.node.NodeView;
import dev.fleetwright.nodepool.plan.Names;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** MachinePools in memory, with a pool controller that makes nodes slowly and takes them away slowly. */
final class SimFleet implements Actions.Fleet {
    static final ObjectRef NODEPOOL = new ObjectRef("fleetwright.dev/v1alpha1", "Nodepool", "fleet", "web", "np-uid");

    private final SimCluster cluster;
    private final Map<String, MachinePool> pools = new TreeMap<>();
    private final Map<String, Integer> delays = new TreeMap<>();
    private final Map<String, List<String>> nodesOf = new TreeMap<>();
    private int serial;
    final List<String> faults = new ArrayList<>();

    SimFleet(SimCluster cluster) {
        this.cluster = cluster;
    }

    static AgentPoolTemplate template(String vmSize) {
        return Serialization.unmarshal("{\"vmSize\": \"" + vmSize + "\"}", AgentPoolTemplate.class);
    }

    static MachinePoolSpec spec(String agentPool, String vmSize, int replicas) {
        return new MachinePoolSpec(
                new LocalRef("c"), agentPool, "User", template(vmSize), replicas, null, "1.34.2", NODEPOOL);
    }

    List<MachinePool> pools() {
        return List.copyOf(pools.values());
    }

    @Override
    public void createPool(String name, long generation, MachinePoolSpec spec) {
        if (pools.containsKey(name)) {
            return;
        }
        MachinePool pool = new MachinePool();
        pool.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace("fleet")
                .withUid("mp-" + serial++)
                .withResourceVersion("1")
                .withGeneration(1L)
                .withAnnotations(Map.of(Names.TEMPLATE_GENERATION, String.valueOf(generation)))
                .build());
        pool.setSpec(spec);
        pools.put(name, pool);
        delays.put(name, 3);
        nodesOf.put(name, new ArrayList<>());
    }

    @Override
    public void updatePool(MachinePool read, MachinePoolSpec spec) {
        MachinePool live = pools.get(read.getMetadata().getName());
        live.setSpec(spec);
    }

    @Override
    public Optional<MachinePool> pool(String name) {
        return Optional.ofNullable(pools.get(name)).map(Serialization::clone);
    }

    @Override
    public void deletePool(MachinePool read) {
        String name = read.getMetadata().getName();
        if (read.getMetadata().getDeletionTimestamp() != null) {
            faults.add("deleted twice: " + name);
        }
        for (String node : nodesOf.get(name)) {
            NodeView live = cluster.nodes().get(node);
            if (live != null && !live.unschedulable()) {
                faults.add("deleted with a node that takes pods: " + node);
            }
            if (cluster.podsOn(node).stream().anyMatch(p -> Disposition.of(p).mustLeave())) {
                faults.add("deleted with pods on " + node);
            }
        }
        pools.get(name).getMetadata().setDeletionTimestamp(cluster.now.toString());
        delays.put(name, 4);
    }

    /** A machine more, as an autoscaler or a person would add it. */
    void grow(String name) {
        addNode(pools.get(name));
        cluster.late.add(nodesOf.get(name).getLast());
        tell(pools.get(name));
    }

    void tick() {
        for (MachinePool pool : pools()) {
            String name = pool.getMetadata().getName();
            int left = delays.merge(name, -1, Integer::sum);
            if (left > 0) {
                continue;
            }
            if (pool.getMetadata().getDeletionTimestamp() != null) {
                nodesOf.get(name).forEach(cluster::remove);
                pools.remove(name);
            } else {
                while (nodesOf.get(name).size() < pool.getSpec().replicas()) {
                    addNode(pool);
                }
                tell(pool);
            }
        }
    }

    private void addNode(MachinePool pool) {
        String agentPool = pool.getSpec().name();
        List<String> names = nodesOf.get(pool.getMetadata().getName());
        int instance = names.size();
        String node = "aks-" + agentPool + "-" + instance;
        names.add(node);
        cluster.add(new NodeView(
                node,
                "node-" + serial++,
                providerId(agentPool, instance),
                Map.of(NodeView.AGENT_POOL_LABEL, agentPool),
                Map.of(),
                List.of(),
                true,
                false));
    }

    static String providerId(String agentPool, int instance) {
        return "azure:///subscriptions/s/resourceGroups/MC_x/providers/Microsoft.Compute/virtualMachineScaleSets/aks-"
                + agentPool + "-vmss/virtualMachines/" + instance;
    }

    private void tell(MachinePool pool) {
        List<String> names = nodesOf.get(pool.getMetadata().getName());
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            // Azure changes the case of ids in its replies.
            ids.add(providerId(pool.getSpec().name(), i).replace("MC_x", "mc_X"));
        }
        pool.setStatus(MachinePoolStatus.empty()
                .withObservedGeneration(1L)
                .withProvisioningState("Succeeded")
                .withId("/subscriptions/s/agentPools/" + pool.getSpec().name())
                .withReplicas(names.size())
                .withProviderIDList(ids));
    }
}
