package dev.fleetwright.nodepool.replacement;

import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus.EvictionIntent;
import dev.fleetwright.nodepool.drain.DrainMemory;
import dev.fleetwright.nodepool.drain.Eviction;
import dev.fleetwright.nodepool.drain.PodView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Evictions that are written down in status: to be sent, sent, or of unknown fate. An intent stays in status until the
 * caches show that its pod is leaving; so whoever comes next never evicts it a second time.
 */
final class Intents {
    /** For evictions that leave no trace on a budget's object. */
    private static final Duration CACHE_LAG = Duration.ofSeconds(5);

    private Intents() {}

    /** What must be done about intents before anything else; empty when all are sent and known. */
    static Optional<Step> open(Observation seen) {
        List<EvictionIntent> unknown = new ArrayList<>();
        List<Eviction> send = new ArrayList<>();
        Set<String> dropped = new HashSet<>();
        boolean any = false;
        for (EvictionIntent intent : seen.status().inFlight()) {
            Eviction mine = seen.memory().toSend().get(intent.uid());
            if (mine != null) {
                any = true;
                if (stillOurs(seen, mine)) {
                    send.add(mine);
                } else {
                    dropped.add(intent.uid());
                }
            } else if (!seen.memory().drain().sent().containsKey(intent.uid())) {
                unknown.add(intent);
            }
        }
        if (unknown.isEmpty() && !any) {
            return Optional.empty();
        }
        if (seen.workload().isEmpty()) {
            return Optional.of(ReplacementMachine.unreachable(seen));
        }
        return Optional.of(any ? new Step.Send(send, dropped) : new Step.Resolve(unknown));
    }

    /** The uids of sent evictions that the caches show. */
    static Set<String> settled(Observation seen, Workload workload) {
        Map<String, PodView> pods = new HashMap<>();
        workload.pods().forEach(pod -> pods.put(pod.uid(), pod));
        Map<String, String> versions = new HashMap<>();
        workload.budgets().forEach(budget -> versions.put(budget.path(), budget.resourceVersion()));
        Set<String> settled = new HashSet<>();
        for (EvictionIntent intent : seen.status().inFlight()) {
            DrainMemory.Sent sent = seen.memory().drain().sent().get(intent.uid());
            PodView pod = pods.get(intent.uid());
            boolean leaving = pod == null || pod.terminating();
            if (sent != null && leaving && budgetKnows(sent, versions, seen)) {
                settled.add(intent.uid());
            }
        }
        return settled;
    }

    private static boolean budgetKnows(DrainMemory.Sent sent, Map<String, String> versions, Observation seen) {
        String at = sent.eviction().budgetVersion();
        String now = versions.get(sent.eviction().key());
        return at.isEmpty() || !at.equals(now) || !seen.now().isBefore(sent.at().plus(CACHE_LAG));
    }

    /** Between writing down and sending the pod may have moved, and its node may have stopped being one of the plan. */
    private static boolean stillOurs(Observation seen, Eviction eviction) {
        if (seen.superseded().isPresent() || seen.workload().isEmpty()) {
            return false;
        }
        Workload workload = seen.workload().get();
        Optional<PodView> pod = workload.pods().stream()
                .filter(p -> p.uid().equals(eviction.pod().uid()))
                .findFirst();
        return pod.filter(
                        p -> !p.terminating() && p.node().equals(eviction.pod().node()))
                .filter(p -> PlanCheck.ownNodes(seen, workload).containsKey(p.node()))
                .isPresent();
    }
}
