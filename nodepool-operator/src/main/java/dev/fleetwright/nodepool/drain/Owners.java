package dev.fleetwright.nodepool.drain;

import dev.fleetwright.api.Share;
import java.util.HashMap;
import java.util.Map;

/**
 * How each owner stands: how many pods it wants, how many serve, how many are leaving. One instance serves one decision.
 *
 * <p>An owner without a budget gets a synthetic one: at most a share of its pods away at once. A StatefulSet gives one pod
 * at a time, and the next when all are ready again: its controller replaces a pod only after it is gone.
 */
final class Owners {
    private final Map<String, Standing> byUid = new HashMap<>();
    private final Map<String, Integer> taken = new HashMap<>();
    private final DrainSituation situation;

    Owners(DrainSituation situation) {
        this.situation = situation;
        for (PodView pod : situation.pods()) {
            PodView.Owner owner = pod.owner();
            if (owner != null && !pod.finished()) {
                byUid.computeIfAbsent(owner.uid(), uid -> new Standing()).count(pod, situation.inFlight());
            }
        }
    }

    /** Why one more ready pod of this owner must stay; empty when it may go, which is then counted. */
    boolean take(PodView pod, PodView.Owner owner) {
        Standing standing = byUid.getOrDefault(owner.uid(), new Standing());
        int wanted = situation.sizes().getOrDefault(owner.uid(), standing.estimate(owner));
        Share share = situation.policy().withoutBudget();
        int away = Math.max(0, wanted - standing.serving) + taken.getOrDefault(owner.uid(), 0);
        boolean costs = pod.serves();
        if (costs && away >= Math.max(1, share.of(Math.max(1, wanted)))) {
            return false;
        }
        if (costs) {
            taken.merge(owner.uid(), 1, Integer::sum);
        }
        return true;
    }

    /** True when this pod of an ordered owner may go: it is the only one away. */
    boolean takeOrdered(PodView pod, PodView.Owner owner) {
        Standing standing = byUid.getOrDefault(owner.uid(), new Standing());
        int wanted = situation.sizes().getOrDefault(owner.uid(), standing.estimate(owner));
        boolean othersServe = standing.serving - (pod.serves() ? 1 : 0) >= wanted - 1;
        if (standing.leaving > 0 || taken.containsKey(owner.uid()) || (pod.serves() && !othersServe)) {
            return false;
        }
        taken.merge(owner.uid(), 1, Integer::sum);
        return true;
    }

    /** True when a pod of this owner goes in this pass. */
    boolean hasTaken(PodView.Owner owner) {
        return taken.containsKey(owner.uid());
    }

    private static final class Standing {
        private int live;
        private int serving;
        private int leaving;
        private int highestOrdinal = -1;

        void count(PodView pod, java.util.Set<String> inFlight) {
            highestOrdinal = Math.max(highestOrdinal, pod.ordinal().orElse(-1));
            if (pod.terminating() || inFlight.contains(pod.uid())) {
                leaving++;
            } else {
                live++;
                serving += pod.ready() ? 1 : 0;
            }
        }

        int estimate(PodView.Owner owner) {
            return owner.ordered() ? highestOrdinal + 1 : live + leaving;
        }
    }
}
