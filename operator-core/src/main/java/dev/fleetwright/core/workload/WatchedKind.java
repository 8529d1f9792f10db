package dev.fleetwright.core.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.storage.VolumeAttachment;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A kind that is cached from workload clusters, with the one index it is looked up by.
 *
 * @param index keys of an object; none files it nowhere
 */
public record WatchedKind<X extends HasMetadata>(Class<X> kind, Function<X, List<String>> index) {

    private static final String NODEPOOL = "fleetwright.dev/nodepool";

    /** Nodes, by the Nodepool label. */
    public static final WatchedKind<Node> NODES = new WatchedKind<>(
            Node.class,
            node -> node.getMetadata().getLabels() == null
                    ? List.of()
                    : optional(node.getMetadata().getLabels().get(NODEPOOL)));

    /** Pods, by the name of the node they are on. */
    public static final WatchedKind<Pod> PODS =
            new WatchedKind<>(Pod.class, pod -> optional(pod.getSpec().getNodeName()));

    /** PodDisruptionBudgets, by namespace. */
    public static final WatchedKind<PodDisruptionBudget> POD_DISRUPTION_BUDGETS = new WatchedKind<>(
            PodDisruptionBudget.class, pdb -> optional(pdb.getMetadata().getNamespace()));

    /** VolumeAttachments, by the name of the node. */
    public static final WatchedKind<VolumeAttachment> VOLUME_ATTACHMENTS = new WatchedKind<>(
            VolumeAttachment.class, attachment -> optional(attachment.getSpec().getNodeName()));

    private static List<String> optional(@Nullable String key) {
        return key == null ? List.of() : List.of(key);
    }
}
