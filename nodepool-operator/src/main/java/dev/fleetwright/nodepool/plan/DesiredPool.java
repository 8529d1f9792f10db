package dev.fleetwright.nodepool.plan;

import dev.fleetwright.api.v1alpha1.AgentPoolProperty;
import dev.fleetwright.api.v1alpha1.AgentPoolTemplate;
import dev.fleetwright.api.v1alpha1.LocalRef;
import dev.fleetwright.api.v1alpha1.MachinePoolSpec;
import dev.fleetwright.api.v1alpha1.Nodepool;
import dev.fleetwright.api.v1alpha1.NodepoolSpec;
import dev.fleetwright.api.v1alpha1.ObjectRef;
import dev.fleetwright.api.v1alpha1.Scaling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The pool that a Nodepool asks for.
 *
 * @param mode System or User
 * @param template shape of the nodes, with the label that names the Nodepool
 * @param replicas number of nodes; null when the autoscaler counts
 * @param scaling bounds of the autoscaler; null with a fixed number
 * @param version Kubernetes version; null when nothing is known to ask for
 */
public record DesiredPool(
        String mode,
        AgentPoolTemplate template,
        @Nullable Integer replicas,
        @Nullable Scaling scaling,
        @Nullable String version) {
    /** What the spec asks for at this version. */
    public static DesiredPool of(Nodepool nodepool, @Nullable String version) {
        NodepoolSpec spec = nodepool.getSpec();
        Map<String, String> labels = new HashMap<>(spec.template().labels());
        labels.put(Names.NODEPOOL_LABEL, nodepool.getMetadata().getName());
        AgentPoolTemplate template = spec.template();
        return new DesiredPool(
                Objects.requireNonNullElse(spec.mode(), "User"),
                template.withChangeable(labels, template.taints(), template.tags(), template.upgradeSettings()),
                spec.scaling() == null ? Objects.requireNonNullElse(spec.replicas(), 0) : null,
                spec.scaling(),
                version);
    }

    /** Linux or Windows. */
    public String osType() {
        return Objects.requireNonNullElse(template.osType(), "Linux");
    }

    /**
     * The spec of a new pool.
     *
     * @param fixed a fixed number of nodes instead of what is asked for: the autoscaler goes on only after a replacement;
     *     null for what is asked for
     */
    public MachinePoolSpec asNewPool(PoolName name, LocalRef cluster, ObjectRef nodepool, @Nullable Integer fixed) {
        return new MachinePoolSpec(
                cluster,
                name.agentPool(),
                mode,
                template,
                fixed == null ? replicas : fixed,
                fixed == null ? scaling : null,
                version,
                nodepool);
    }

    /** An existing pool's spec with everything that can change in place as asked for, and the given count. */
    public MachinePoolSpec inPlace(MachinePoolSpec old, @Nullable Integer count, @Nullable Scaling bounds) {
        return new MachinePoolSpec(
                old.clusterRef(),
                old.name(),
                mode,
                old.template()
                        .withChangeable(
                                template.labels(), template.taints(), template.tags(), template.upgradeSettings()),
                count,
                bounds,
                old.version(),
                old.nodepoolRef());
    }

    /** A text that changes when the pool would have to be another one. */
    public String fingerprint() {
        List<String> values = new ArrayList<>();
        for (AgentPoolProperty property : AgentPoolProperty.values()) {
            Object value = property.value(template);
            if (property.change() == AgentPoolProperty.Change.REPLACE && value != null) {
                values.add(property.field() + "=" + sorted(value));
            }
        }
        values.add("version=" + version);
        return Integer.toHexString(String.join(",", values).hashCode());
    }

    private static Object sorted(Object value) {
        return value instanceof java.util.Set<?> set
                ? set.stream().map(String::valueOf).sorted().toList()
                : value;
    }
}
