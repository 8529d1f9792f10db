package dev.fleetwright.simulator.autoscaler;

import java.time.Duration;
import java.util.Map;

/**
 * A pod as the autoscaler sees it.
 *
 * @param waiting for how long it has been unschedulable, in Azure time; zero for one that runs
 * @param localStorage whether it uses the node's own disk
 * @param safeToEvict what its annotation says about that
 */
public record PodPicture(
        String namespace,
        String name,
        Map<String, String> labels,
        Resources requests,
        Placement placement,
        Owner owner,
        Duration waiting,
        boolean localStorage,
        SafeToEvict safeToEvict) {
    /** Who would make the pod again. */
    public enum Owner {
        CONTROLLER,
        DAEMON_SET,
        /** The node itself: a static pod. */
        NODE,
        NOBODY
    }

    /** The annotation {@code cluster-autoscaler.kubernetes.io/safe-to-evict}. */
    public enum SafeToEvict {
        UNSAID,
        YES,
        NO
    }

    public PodPicture {
        labels = Map.copyOf(labels);
    }

    /** Whether it leaves with its node and nobody misses it there. */
    boolean staysBehind() {
        return owner == Owner.DAEMON_SET || owner == Owner.NODE;
    }
}
