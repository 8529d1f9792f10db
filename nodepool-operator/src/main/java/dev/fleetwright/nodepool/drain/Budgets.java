package dev.fleetwright.nodepool.drain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many evictions each PodDisruptionBudget still bears in this pass: what its status allows, less those of ours that the
 * status cannot know of yet. One instance serves one decision.
 */
final class Budgets {
    private final Map<String, List<BudgetView>> byNamespace = new HashMap<>();
    private final Map<String, Integer> left = new HashMap<>();

    Budgets(DrainSituation situation, Map<String, PodView> podsByUid) {
        for (BudgetView budget : situation.budgets()) {
            byNamespace
                    .computeIfAbsent(budget.namespace(), n -> new ArrayList<>())
                    .add(budget);
            left.put(budget.path(), budget.allowed());
        }
        for (BudgetView budget : situation.budgets()) {
            int unseen = 0;
            for (DrainMemory.Sent sent : situation.memory().sent().values()) {
                if (sent.eviction().key().equals(budget.path())
                        && !seen(
                                sent,
                                budget,
                                podsByUid.get(sent.eviction().pod().uid()))) {
                    unseen++;
                }
            }
            left.merge(budget.path(), -unseen, Integer::sum);
        }
    }

    /** The budgets that select the pod. */
    List<BudgetView> of(PodView pod) {
        return byNamespace.getOrDefault(pod.namespace(), List.of()).stream()
                .filter(b -> b.covers(pod))
                .toList();
    }

    /** True when the budget bears one more, which is then used up. */
    boolean take(BudgetView budget) {
        int now = left.getOrDefault(budget.path(), 0);
        if (now <= 0) {
            return false;
        }
        left.put(budget.path(), now - 1);
        return true;
    }

    /** True when the budget's status knows of the eviction: it names the pod, or it changed after the pod was on its way. */
    private static boolean seen(
            DrainMemory.Sent sent, BudgetView budget, @org.jspecify.annotations.Nullable PodView pod) {
        boolean leaving = pod == null || pod.terminating();
        return budget.disrupted().contains(sent.eviction().pod().name())
                || (leaving && !budget.resourceVersion().equals(sent.eviction().budgetVersion()));
    }
}
