package dev.fleetwright.simulator.autoscaler;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A node as the autoscaler sees it.
 *
 * @param group the node group that it belongs to; empty for none that scales
 * @param unready for how long it has not been ready, in Azure time; zero when it is
 * @param kept whether an annotation forbids to take it away
 */
public record NodePicture(
        String name,
        String group,
        Map<String, String> labels,
        List<Taint> taints,
        Resources allocatable,
        boolean ready,
        Duration unready,
        boolean cordoned,
        boolean kept,
        List<PodPicture> pods) {
    public NodePicture {
        labels = Map.copyOf(labels);
        taints = List.copyOf(taints);
        pods = List.copyOf(pods);
    }
}
