package dev.fleetwright.launcher;

import dev.fleetwright.api.v1alpha1.Nodepool;
import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus;
import java.util.Optional;

/**
 * How a Nodepool is shown while it is watched.
 *
 * @param done between 0 and 1; negative: not known
 */
record NodepoolLine(double done, String text) {
    static NodepoolLine of(Nodepool pool, FleetWatch fleet) {
        Optional<NodepoolReplacementStatus> running = fleet.all(NodepoolReplacement.class).stream()
                .filter(r -> r.getSpec()
                        .nodepoolRef()
                        .name()
                        .equals(pool.getMetadata().getName()))
                .filter(r -> r.getStatus() != null && r.getStatus().result() == null)
                .map(NodepoolReplacement::getStatus)
                .findFirst();
        return running.map(NodepoolLine::of)
                .orElseGet(() -> new NodepoolLine(FleetWatch.isReady(pool) ? 1 : -1, FleetWatch.message(pool)));
    }

    private static NodepoolLine of(NodepoolReplacementStatus status) {
        var progress = status.progress();
        if (progress == null || progress.pods() == null) {
            return new NodepoolLine(-1, String.valueOf(status.phase()));
        }
        int blocked = progress.blocked() == null ? 0 : progress.blocked();
        return new NodepoolLine(
                share(progress.pods()),
                "%s: nodes %s, pods %s%s"
                        .formatted(
                                status.phase(),
                                progress.nodes(),
                                progress.pods(),
                                blocked == 0 ? "" : ", " + blocked + " wait for their budget"));
    }

    /** The share that a count such as 37/80 stands for. */
    private static double share(String count) {
        String[] parts = count.split("/", 2);
        if (parts.length < 2 || parts[1].equals("0")) {
            return 0;
        }
        return Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
    }
}
