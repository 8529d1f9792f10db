package dev.fleetwright.core.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;

/**
 * Whether an object is paused by annotation: its presence counts, not its value. The Cluster's {@code spec.paused}
 * pauses a whole tree and is for the controllers to look at.
 */
public final class Pause {
    public static final String ANNOTATION = "fleetwright.dev/paused";

    /** Cluster API's own, honoured as an alias. */
    public static final String CLUSTER_API_ANNOTATION = "cluster.x-k8s.io/paused";

    private Pause() {}

    public static boolean byAnnotation(HasMetadata object) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations != null
                && (annotations.containsKey(ANNOTATION) || annotations.containsKey(CLUSTER_API_ANNOTATION));
    }
}
