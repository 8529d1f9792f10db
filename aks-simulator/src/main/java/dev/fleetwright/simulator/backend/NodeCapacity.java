package dev.fleetwright.simulator.backend;

import dev.fleetwright.simulator.backend.ClusterBackend.NodeSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a machine offers, and what of it pods may have: Kubernetes quantities by resource name. */
public final class NodeCapacity {
    /** vCPUs to reserved milli-CPUs, as AKS publishes it. */
    private static final TreeMap<Integer, Integer> RESERVED_MILLI_CPU =
            new TreeMap<>(Map.of(1, 60, 2, 100, 4, 140, 8, 180, 16, 260, 32, 420, 64, 740));

    private NodeCapacity() {}

    public static Map<String, String> capacity(NodeSpec spec) {
        return Map.of(
                "cpu",
                Integer.toString(spec.vcpus()),
                "memory",
                spec.memoryMiB() + "Mi",
                "pods",
                Integer.toString(spec.maxPods()),
                "ephemeral-storage",
                spec.osDiskGiB() + "Gi");
    }

    /** Reserved memory since 1.29: 20 MiB per pod plus 50 MiB, at most a quarter; 100 MiB more before eviction. */
    public static Map<String, String> allocatable(NodeSpec spec) {
        int reservedCpu =
                RESERVED_MILLI_CPU.floorEntry(Math.max(1, spec.vcpus())).getValue();
        int reservedMemory = Math.min(20 * spec.maxPods() + 50, spec.memoryMiB() / 4) + 100;
        var allocatable = new HashMap<>(capacity(spec));
        allocatable.put("cpu", spec.vcpus() * 1000 - reservedCpu + "m");
        allocatable.put("memory", spec.memoryMiB() - reservedMemory + "Mi");
        allocatable.put("ephemeral-storage", spec.osDiskGiB() * 9 / 10 + "Gi");
        return allocatable;
    }

    /** How many data disks the machine takes: published as two per vCPU, from 4 to 64. */
    public static int dataDisks(NodeSpec spec) {
        return Math.clamp(2L * spec.vcpus(), 4, 64);
    }
}
