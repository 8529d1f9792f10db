package dev.fleetwright.simulator.backend.local;

import dev.fleetwright.simulator.backend.ClusterBackend;
import dev.fleetwright.simulator.backend.ClusterBackend.NodeSpec;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Machines as Node objects: what a kubelet would register, and what the cloud's controllers do to them. */
final class NodeObjects {
    private static final int GONE = 404;
    private static final int CONFLICT = 409;

    /** vCPUs to reserved milli-CPUs, as AKS publishes it. */
    private static final TreeMap<Integer, Integer> RESERVED_MILLI_CPU =
            new TreeMap<>(Map.of(1, 60, 2, 100, 4, 140, 8, 180, 16, 260, 32, 420, 64, 740));

    private final KubernetesClient client;

    NodeObjects(KubernetesClient client) {
        this.client = client;
    }

    void add(NodeSpec spec) {
        try {
            client.resource(node(spec)).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != CONFLICT) {
                throw e;
            }
        }
    }

    private static Node node(NodeSpec spec) {
        boolean windows = "windows".equals(spec.labels().get("kubernetes.io/os"));
        return new NodeBuilder()
                .withNewMetadata()
                .withName(spec.name())
                .withLabels(spec.labels())
                .endMetadata()
                .withNewSpec()
                .withProviderID(spec.providerId())
                .withTaints(taints(spec))
                .endSpec()
                .withNewStatus()
                .withCapacity(capacity(spec))
                .withAllocatable(allocatable(spec))
                .addNewAddress(spec.internalIp(), "InternalIP")
                .addNewAddress(spec.name(), "Hostname")
                .withNewNodeInfo()
                .withArchitecture(spec.architecture())
                .withBootID(spec.name())
                .withContainerRuntimeVersion("containerd://1.7.28-1")
                .withKernelVersion(windows ? "10.0.20348.4294" : "5.15.0-1098-azure")
                .withKubeProxyVersion(spec.kubeletVersion())
                .withKubeletVersion(spec.kubeletVersion())
                .withMachineID(spec.name())
                .withOperatingSystem(windows ? "windows" : "linux")
                .withOsImage(spec.osImage())
                .withSystemUUID(spec.name())
                .endNodeInfo()
                .endStatus()
                .build();
    }

    private static List<Taint> taints(NodeSpec spec) {
        return spec.taints().stream().map(NodeObjects::taint).toList();
    }

    private static Taint taint(ClusterBackend.Taint taint) {
        var builder = new TaintBuilder().withKey(taint.key()).withEffect(taint.effect());
        return taint.value().isEmpty()
                ? builder.build()
                : builder.withValue(taint.value()).build();
    }

    private static Map<String, Quantity> capacity(NodeSpec spec) {
        return Map.of(
                "cpu", new Quantity(Integer.toString(spec.vcpus())),
                "memory", new Quantity(spec.memoryMiB() + "Mi"),
                "pods", new Quantity(Integer.toString(spec.maxPods())),
                "ephemeral-storage", new Quantity(spec.osDiskGiB() + "Gi"));
    }

    /** Reserved memory since 1.29: 20 MiB per pod plus 50 MiB, at most a quarter; 100 MiB more before eviction. */
    private static Map<String, Quantity> allocatable(NodeSpec spec) {
        int reservedCpu =
                RESERVED_MILLI_CPU.floorEntry(Math.max(1, spec.vcpus())).getValue();
        int reservedMemory = Math.min(20 * spec.maxPods() + 50, spec.memoryMiB() / 4) + 100;
        var allocatable = new HashMap<>(capacity(spec));
        allocatable.put("cpu", new Quantity(spec.vcpus() * 1000 - reservedCpu + "m"));
        allocatable.put("memory", new Quantity(spec.memoryMiB() - reservedMemory + "Mi"));
        allocatable.put("ephemeral-storage", new Quantity(spec.osDiskGiB() * 9 / 10 + "Gi"));
        return allocatable;
    }

    /** The machine is gone: so is its node, and the pods on it end without grace, since nobody runs them any more. */
    void remove(String name) {
        ignoringGone(() -> client.nodes().withName(name).delete());
        client.pods()
                .inAnyNamespace()
                .withField("spec.nodeName", name)
                .list()
                .getItems()
                .forEach(pod -> ignoringGone(
                        () -> client.resource(pod).withGracePeriod(0).delete()));
    }

    void cordon(String name, boolean cordoned) {
        ignoringGone(() -> client.nodes()
                .withName(name)
                .edit(node -> new NodeBuilder(node)
                        .editSpec()
                        .withUnschedulable(cordoned)
                        .endSpec()
                        .build()));
    }

    /** Takes away what {@code before} set, sets what {@code after} says, and leaves everything else alone. */
    void relabel(NodeSpec before, NodeSpec after) {
        ignoringGone(() -> client.nodes().withName(after.name()).edit(node -> {
            var labels = new HashMap<>(node.getMetadata().getLabels());
            before.labels().keySet().forEach(labels::remove);
            labels.putAll(after.labels());
            var taints = new ArrayList<>(node.getSpec().getTaints());
            taints.removeIf(taint -> taints(before).stream()
                    .anyMatch(old -> old.getKey().equals(taint.getKey())
                            && old.getEffect().equals(taint.getEffect())));
            taints.addAll(taints(after));
            return new NodeBuilder(node)
                    .editMetadata()
                    .withLabels(labels)
                    .endMetadata()
                    .editSpec()
                    .withTaints(taints)
                    .endSpec()
                    .build();
        }));
    }

    static void ignoringGone(Runnable call) {
        try {
            call.run();
        } catch (KubernetesClientException e) {
            if (e.getCode() != GONE) {
                throw e;
            }
        }
    }
}
