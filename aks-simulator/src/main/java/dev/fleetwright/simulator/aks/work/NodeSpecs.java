package dev.fleetwright.simulator.aks.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.aks.model.Machine;
import dev.fleetwright.simulator.aks.model.ManagedCluster;
import dev.fleetwright.simulator.aks.model.NodeImages;
import dev.fleetwright.simulator.aks.rules.VmSizes;
import dev.fleetwright.simulator.aks.rules.VmSizes.VmSize;
import dev.fleetwright.simulator.backend.ClusterBackend.NodeSpec;
import dev.fleetwright.simulator.backend.ClusterBackend.Taint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What AKS writes on a node: names, labels, taints and provider id (documented, section 7 of the protocol page). */
public final class NodeSpecs {
    private static final String AKS = "kubernetes.azure.com/";
    private static final String SPOT = AKS + "scalesetpriority";
    private static final int LABEL_LENGTH = 63;

    private final VmSizes sizes;

    public NodeSpecs(VmSizes sizes) {
        this.sizes = sizes;
    }

    public NodeSpec of(ManagedCluster cluster, AgentPool pool, Machine machine) {
        return of(cluster, pool, pool.properties(), machine);
    }

    /** @param properties in the place of the pool's own: what the node would be with them */
    NodeSpec of(ManagedCluster cluster, AgentPool pool, JsonNode properties, Machine machine) {
        VmSize size = sizes.require(properties.path("vmSize").asText());
        String providerId = "azure://"
                + cluster.machineId(pool, machine)
                        .replace(
                                cluster.nodeResourceGroup(),
                                cluster.nodeResourceGroup().toLowerCase(Locale.ROOT));
        return new NodeSpec(
                machine.name(),
                labels(cluster, pool, properties, machine, size),
                taints(properties),
                providerId,
                "v" + machine.version(),
                NodeImages.osImage(properties),
                machine.ip(),
                size.arm64() ? "arm64" : "amd64",
                size.vcpus(),
                size.memoryMiB(),
                properties.path("maxPods").asInt(),
                properties.path("osDiskSizeGB").asInt());
    }

    private static Map<String, String> labels(
            ManagedCluster cluster, AgentPool pool, JsonNode properties, Machine machine, VmSize size) {
        boolean windows = properties.path("osType").asText().equals("Windows");
        boolean spot = properties.path("scaleSetPriority").asText().equals("Spot");
        String os = windows ? "windows" : "linux";
        String arch = size.arm64() ? "arm64" : "amd64";
        String zone = machine.zone().isEmpty() ? "0" : cluster.location() + "-" + machine.zone();
        var labels = new TreeMap<String, String>();
        properties
                .path("nodeLabels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        labels.put("agentpool", pool.name());
        labels.put(AKS + "agentpool", pool.name());
        labels.put(AKS + "cluster", cut(cluster.nodeResourceGroup()));
        labels.put(AKS + "mode", properties.path("mode").asText().toLowerCase(Locale.ROOT));
        labels.put(AKS + "role", "agent");
        labels.put("kubernetes.io/role", "agent");
        labels.put(AKS + "nodepool-type", "VirtualMachineScaleSets");
        labels.put(AKS + "node-image-version", cut(NodeImages.version(properties)));
        String sku = properties.path("osSKU").asText();
        labels.put(AKS + "os-sku", sku);
        labels.put(AKS + "os-sku-effective", sku.equals("Ubuntu") ? "Ubuntu2204" : sku);
        labels.put(AKS + "os-sku-requested", sku);
        labels.put(
                AKS + "storageprofile", properties.path("osDiskType").asText().toLowerCase(Locale.ROOT));
        labels.put(AKS + "storagetier", "Premium_LRS");
        labels.put(AKS + "sku-cpu", Integer.toString(size.vcpus()));
        labels.put(AKS + "sku-memory", Integer.toString(size.memoryMiB()));
        labels.put(AKS + "priority", spot ? "spot" : "regular");
        if (spot) {
            labels.put(SPOT, "spot");
        }
        labels.put(AKS + "managedby", "aks");
        labels.put("node.kubernetes.io/instance-type", size.name());
        labels.put("beta.kubernetes.io/instance-type", size.name());
        labels.put("topology.kubernetes.io/region", cluster.location());
        labels.put("topology.kubernetes.io/zone", zone);
        labels.put("topology.disk.csi.azure.com/zone", machine.zone().isEmpty() ? "" : zone);
        labels.put("failure-domain.beta.kubernetes.io/region", cluster.location());
        labels.put("failure-domain.beta.kubernetes.io/zone", zone);
        labels.put("kubernetes.io/arch", arch);
        labels.put("kubernetes.io/os", os);
        labels.put("beta.kubernetes.io/arch", arch);
        labels.put("beta.kubernetes.io/os", os);
        labels.put("kubernetes.io/hostname", machine.name());
        return labels;
    }

    private static List<Taint> taints(JsonNode properties) {
        var taints = new ArrayList<Taint>();
        for (JsonNode taint : properties.path("nodeTaints")) {
            taints.add(parse(taint.asText()));
        }
        return taints;
    }

    /** Reads {@code key=value:Effect} and {@code key:Effect}. */
    public static Taint parse(String text) {
        int colon = text.lastIndexOf(':');
        String left = text.substring(0, colon);
        int equals = left.indexOf('=');
        return equals < 0
                ? new Taint(left, "", text.substring(colon + 1))
                : new Taint(left.substring(0, equals), left.substring(equals + 1), text.substring(colon + 1));
    }

    private static String cut(String value) {
        String shorter = value.length() <= LABEL_LENGTH ? value : value.substring(0, LABEL_LENGTH);
        return shorter.replaceAll("[^A-Za-z0-9]+$", "");
    }
}
