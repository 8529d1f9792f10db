package dev.fleetwright.simulator.upgrade;

import dev.fleetwright.simulator.upgrade.UpgradeNode.Mark;
import dev.fleetwright.simulator.upgrade.UpgradeStep.Result;
import java.util.List;

/**
 * The rolling upgrade: surge nodes first; then as many old nodes as there are buffers are cordoned, drained and re-imaged,
 * each being a buffer for the next; in the end the surge nodes are drained and go, so that a pod may move twice.
 *
 * <p>It has no memory of its own: whoever asks again, after a step or after a crash, is told what is left.
 */
public final class RollingUpgrade {
    private final Undrainable undrainable;
    private final int maxBlocked;

    /** @param maxBlocked how many blocked nodes are put up with under {@link Undrainable#CORDON} */
    public RollingUpgrade(Undrainable undrainable, int maxBlocked) {
        this.undrainable = undrainable;
        this.maxBlocked = maxBlocked;
    }

    /** The next step for these nodes, which come oldest first. */
    public UpgradeStep next(List<UpgradeNode> nodes, SurgePlan plan) {
        var surge = nodes.stream().filter(UpgradeNode::surge).toList();
        var busy = marked(nodes, Mark.BUSY);
        var blocked = marked(nodes, Mark.BLOCKED);
        var old = nodes.stream()
                .filter(node -> !node.surge() && !node.upToDate() && node.mark() == Mark.NONE)
                .toList();
        int quarantined = undrainable == Undrainable.CORDON ? blocked.size() : 0;
        int width = plan.width() - quarantined;
        boolean exhausted = quarantined > 0 && (width <= 0 || quarantined > maxBlocked);
        boolean stops = undrainable == Undrainable.SCHEDULE_AND_STOP && !blocked.isEmpty();
        boolean givesUp = !old.isEmpty() && (exhausted || stops);
        if (!old.isEmpty() && !givesUp) {
            return advance(surge, old, busy.size(), plan, width);
        }
        if (!busy.isEmpty()) {
            return new UpgradeStep.Wait();
        }
        int kept = Math.min(quarantined, surge.size());
        if (surge.size() > kept) {
            return new UpgradeStep.RemoveSurge(names(surge.subList(kept, surge.size())));
        }
        if (blocked.isEmpty()) {
            return new UpgradeStep.Finish(Result.SUCCEEDED, List.of());
        }
        boolean replaced = undrainable != Undrainable.CORDON || (!givesUp && kept == quarantined);
        return new UpgradeStep.Finish(replaced ? Result.FAILED : Result.CANCELED, names(blocked));
    }

    private static UpgradeStep advance(
            List<UpgradeNode> surge, List<UpgradeNode> old, int busy, SurgePlan plan, int width) {
        int missing = plan.surge() - surge.size();
        if (missing > 0) {
            return new UpgradeStep.AddSurge(missing);
        }
        int free = width - busy;
        boolean buffersReady = surge.stream().allMatch(UpgradeNode::joined);
        return free > 0 && buffersReady
                ? new UpgradeStep.Replace(names(old.stream().limit(free).toList()))
                : new UpgradeStep.Wait();
    }

    private static List<UpgradeNode> marked(List<UpgradeNode> nodes, Mark mark) {
        return nodes.stream().filter(node -> node.mark() == mark).toList();
    }

    private static List<String> names(List<UpgradeNode> nodes) {
        return nodes.stream().map(UpgradeNode::name).toList();
    }
}
