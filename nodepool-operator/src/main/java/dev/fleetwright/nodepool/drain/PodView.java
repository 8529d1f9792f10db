package dev.fleetwright.nodepool.drain;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What the engine reads of a Pod.
 *
 * @param node name of the node it is bound to; empty when it is not
 * @param owner its controller; null for a bare pod
 * @param phase Pending, Running, Succeeded, Failed or Unknown
 * @param ready condition Ready is True
 * @param deletionTimestamp when it must be gone, once it is being deleted: the API server adds the grace period
 * @param graceSeconds spec.terminationGracePeriodSeconds, at least 0
 * @param critical of a system priority class
 * @param mirror mirror of a static pod
 */
public record PodView(
        String namespace,
        String name,
        String uid,
        String node,
        Map<String, String> labels,
        @Nullable Owner owner,
        String phase,
        boolean ready,
        @Nullable Instant deletionTimestamp,
        int graceSeconds,
        boolean critical,
        boolean mirror) {
    /** Cluster API's label by which a pod says how it wants to be drained: skip or wait-completed. */
    public static final String DRAIN_LABEL = "cluster.x-k8s.io/drain";

    public PodView {
        labels = Map.copyOf(labels);
    }

    /** The controller of a pod. */
    public record Owner(String kind, String name, String uid) {
        boolean ordered() {
            return kind.equals("StatefulSet");
        }
    }

    /** {@code namespace/name}, for people. */
    public String path() {
        return namespace + "/" + name;
    }

    public boolean terminating() {
        return deletionTimestamp != null;
    }

    public boolean finished() {
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** The eviction API does not look at budgets for a pod that has not started. */
    public boolean pending() {
        return phase.equals("Pending");
    }

    /** True for a pod that serves now: ready and not on its way out. */
    public boolean serves() {
        return ready && !terminating() && !finished();
    }

    /** The number behind the last dash of a StatefulSet's pod. */
    public OptionalInt ordinal() {
        int dash = name.lastIndexOf('-');
        try {
            return owner != null && owner.ordered()
                    ? OptionalInt.of(Integer.parseInt(name.substring(dash + 1)))
                    : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
