package dev.fleetwright.simulator.backend.local;

import dev.fleetwright.simulator.backend.ClusterBackend;
import dev.fleetwright.simulator.backend.ClusterBackend.NodeSpec;
import dev.fleetwright.simulator.backend.NodeCapacity;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.api.model.storage.CSINode;
import io.fabric8.kubernetes.api.model.storage.CSINodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Machines as Node objects: what a kubelet would register, and what the cloud's controllers do to them. */
final class NodeObjects {
    private static final int GONE = 404;
    private static final int CONFLICT = 409;

    /** Others write to a node now and then, not all the time. */
    private static final int TRIES = 10;

    /** What a kubelet writes so that disks are attached for it and the drivers know it. */
    private static final Map<String, String> ANNOTATIONS = Map.of(
            "volumes.kubernetes.io/controller-managed-attach-detach", "true",
            "node.alpha.kubernetes.io/ttl", "0");

    /** What AKS's node problem detector reports of a sound node, with its reasons (published); all are False. */
    private static final Map<String, String> SOUND = Map.of(
            "ContainerRuntimeProblem", "ContainerRuntimeIsUp",
            "FilesystemCorruptionProblem", "FilesystemIsOK",
            "FrequentContainerdRestart", "NoFrequentContainerdRestart",
            "FrequentKubeletRestart", "NoFrequentKubeletRestart",
            "FrequentUnregisterNetDevice", "NoFrequentUnregisterNetDevice",
            "KernelDeadlock", "KernelHasNoDeadlock",
            "KubeletProblem", "KubeletIsUp",
            "ReadonlyFilesystem", "FilesystemIsNotReadOnly",
            "VMEventScheduled", "NoVMEventScheduled");

    private final KubernetesClient client;

    NodeObjects(KubernetesClient client) {
        this.client = client;
    }

    void add(NodeSpec spec) {
        ignoring(CONFLICT, () -> client.resource(node(spec)).create());
        Node node = client.nodes().withName(spec.name()).get();
        if (node != null) {
            ignoring(CONFLICT, () -> client.resource(csiNode(node, spec)).create());
        }
    }

    private static Node node(NodeSpec spec) {
        boolean windows = "windows".equals(spec.labels().get("kubernetes.io/os"));
        return new NodeBuilder()
                .withNewMetadata()
                .withName(spec.name())
                .withLabels(spec.labels())
                .withAnnotations(ANNOTATIONS)
                .endMetadata()
                .withNewSpec()
                .withProviderID(spec.providerId())
                .withTaints(taints(spec))
                .endSpec()
                .withNewStatus()
                .withCapacity(quantities(NodeCapacity.capacity(spec)))
                .withAllocatable(quantities(NodeCapacity.allocatable(spec)))
                .withConditions(conditions())
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

    private static List<NodeCondition> conditions() {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        return SOUND.entrySet().stream()
                .map(sound -> new NodeConditionBuilder()
                        .withType(sound.getKey())
                        .withStatus("False")
                        .withReason(sound.getValue())
                        .withLastHeartbeatTime(now)
                        .withLastTransitionTime(now)
                        .build())
                .toList();
    }

    private static List<Taint> taints(NodeSpec spec) {
        return spec.taints().stream().map(NodeObjects::taint).toList();
    }

    static Taint taint(ClusterBackend.Taint taint) {
        var builder = new TaintBuilder().withKey(taint.key()).withEffect(taint.effect());
        return taint.value().isEmpty()
                ? builder.build()
                : builder.withValue(taint.value()).build();
    }

    private static Map<String, Quantity> quantities(Map<String, String> amounts) {
        var quantities = new HashMap<String, Quantity>();
        amounts.forEach((name, amount) -> quantities.put(name, new Quantity(amount)));
        return quantities;
    }

    /** What the disk driver's part on the node registers; it goes with the node. */
    private static CSINode csiNode(Node node, NodeSpec spec) {
        return new CSINodeBuilder()
                .withNewMetadata()
                .withName(spec.name())
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("Node")
                .withName(spec.name())
                .withUid(node.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .addNewDriver()
                .withName("disk.csi.azure.com")
                .withNodeID(spec.name())
                .withTopologyKeys("topology.disk.csi.azure.com/zone")
                .withNewAllocatable()
                .withCount(NodeCapacity.dataDisks(spec))
                .endAllocatable()
                .endDriver()
                .addNewDriver()
                .withName("file.csi.azure.com")
                .withNodeID(spec.name())
                .endDriver()
                .endSpec()
                .build();
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
        edit(
                client,
                name,
                node -> new NodeBuilder(node)
                        .editSpec()
                        .withUnschedulable(cordoned)
                        .endSpec()
                        .build());
    }

    /** Takes away what {@code before} set, sets what {@code after} says, and leaves everything else alone. */
    void relabel(NodeSpec before, NodeSpec after) {
        edit(client, after.name(), node -> {
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
        });
    }

    /**
     * Changes a node as it is now. Kubelet and controllers write to it as well: whoever came in between is read, and the
     * change is made on top of that. A node that is gone is let go.
     */
    static void edit(KubernetesClient client, String name, UnaryOperator<Node> change) {
        int tries = 1;
        while (!edited(client, name, change, tries == TRIES)) {
            tries++;
        }
    }

    private static boolean edited(KubernetesClient client, String name, UnaryOperator<Node> change, boolean last) {
        try {
            ignoringGone(() -> client.nodes().withName(name).edit(change));
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() != CONFLICT || last) {
                throw e;
            }
            return false;
        }
    }

    static void ignoringGone(Runnable call) {
        ignoring(GONE, call);
    }

    private static void ignoring(int code, Runnable call) {
        try {
            call.run();
        } catch (KubernetesClientException e) {
            if (e.getCode() != code) {
                throw e;
            }
        }
    }
}
