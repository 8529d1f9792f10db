package dev.fleetwright.nodepool.drain;

import dev.fleetwright.api.v1alpha1.BlockedPod;
import dev.fleetwright.nodepool.drain.Verdict.Go;
import dev.fleetwright.nodepool.drain.Verdict.Held;
import dev.fleetwright.nodepool.drain.Verdict.Queued;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides which pods of the nodes in work move now. The unit is the pod; what it waits for is its budget, its owner or the
 * pods that go first on its node. A held pod holds up nobody but those.
 */
public final class DrainBoard {
    /** Most evictions decided at once: a pass writes them down, sends them, and looks again. */
    static final int MOST_PER_PASS = 100;

    /** Most evictions on their way at once; status has room for 500. */
    static final int MOST_IN_FLIGHT = 400;

    /** Less urgent first: ordinary pods before critical ones, those that serve nobody before those that serve. */
    private static final Comparator<PodView> ORDER = Comparator.comparingInt((PodView p) -> p.critical() ? 1 : 0)
            .thenComparingInt(p -> p.serves() ? 1 : 0)
            .thenComparingInt(p -> -p.ordinal().orElse(-1))
            .thenComparing(PodView::node)
            .thenComparing(PodView::namespace)
            .thenComparing(PodView::name);

    private final DrainSituation situation;
    private final Map<String, PodView> byUid = new HashMap<>();
    private final Map<String, Integer> remaining = new TreeMap<>();
    private final Set<String> ordinaryLeft = new HashSet<>();
    private final Budgets budgets;
    private final Owners owners;

    private DrainBoard(DrainSituation situation) {
        this.situation = situation;
        situation.pods().forEach(pod -> byUid.put(pod.uid(), pod));
        budgets = new Budgets(situation, byUid);
        owners = new Owners(situation);
    }

    /** What to do in this situation. The same situation always gives the same decision. */
    public static DrainDecision decide(DrainSituation situation) {
        return new DrainBoard(situation).decide();
    }

    private DrainDecision decide() {
        situation.nodes().forEach(node -> remaining.put(node, 0));
        List<PodView> queue = new ArrayList<>();
        HeldPods held = new HeldPods(situation);
        for (PodView pod : situation.pods()) {
            if (situation.nodes().contains(pod.node()) && Disposition.of(pod).mustLeave() && !abandoned(pod)) {
                remaining.merge(pod.node(), 1, Integer::sum);
                if (!pod.critical()) {
                    ordinaryLeft.add(pod.node());
                }
                queue.add(pod);
            }
        }
        queue.sort(ORDER);
        List<Eviction> move = new ArrayList<>();
        int room = Math.min(MOST_PER_PASS, MOST_IN_FLIGHT - situation.inFlight().size());
        for (PodView pod : queue) {
            if (situation.inFlight().contains(pod.uid())) {
                continue;
            }
            Verdict verdict = move.size() < room ? verdict(pod) : new Queued();
            switch (verdict) {
                case Go go -> move.add(go.eviction());
                case Queued queued -> {}
                case Held why -> held.add(pod, why).ifPresent(move::add);
            }
        }
        List<BlockedPod> blocked = held.reported();
        int left = remaining.values().stream().mapToInt(Integer::intValue).sum();
        boolean stuck = left > 0 && move.isEmpty() && blocked.size() == left;
        return new DrainDecision(
                move,
                blocked,
                remaining,
                stuck,
                held.overdue(),
                held.wake(),
                situation.memory().held(held.since()).onlyFor(byUid::containsKey));
    }

    private boolean abandoned(PodView pod) {
        return abandoned(pod, situation.policy(), situation.now());
    }

    /** A pod that is deleted but never goes stops blocking at its deadline, if the policy says so: its machine goes too. */
    public static boolean abandoned(PodView pod, DrainPolicy policy, Instant now) {
        Instant due = pod.deletionTimestamp();
        return due != null
                && policy.onDeadline() == DrainPolicy.OnDeadline.DELETE
                && !now.isBefore(due.plus(policy.podDeadline()));
    }

    private Verdict verdict(PodView pod) {
        return switch (Disposition.of(pod)) {
            case LEAVE -> new Queued();
            case TERMINATING -> terminating(pod);
            case WAIT_COMPLETED -> held(BlockReason.WAIT_COMPLETED, pod.uid(), null, pod.path(), "");
            case MOVE -> movable(pod);
        };
    }

    private Verdict terminating(PodView pod) {
        return held(BlockReason.STUCK_TERMINATING, pod.uid(), null, pod.path(), "");
    }

    private Verdict movable(PodView pod) {
        if (pod.critical() && ordinaryLeft.contains(pod.node())) {
            return new Queued();
        }
        List<BudgetView> covering = pod.pending() ? List.of() : budgets.of(pod);
        BudgetView budget = covering.isEmpty() ? null : covering.getFirst();
        if (covering.size() > 1) {
            String names = String.join(
                    ", ", covering.stream().map(BudgetView::path).sorted().toList());
            return held(BlockReason.SEVERAL_BUDGETS, names, null, names, "");
        }
        DrainMemory.Refusal refusal = situation.memory().refusals().get(pod.uid());
        if (refusal != null && refusal.holds(situation.now(), budget)) {
            return new Held(
                    refusal.reason(),
                    key(pod, budget),
                    budget,
                    budget == null ? pod.path() : budget.path(),
                    refusal.message(),
                    Optional.of(refusal.notBefore()));
        }
        return budget == null ? withoutBudget(pod) : underBudget(pod, budget);
    }

    private Verdict withoutBudget(PodView pod) {
        PodView.Owner owner = pod.owner();
        if (owner == null) {
            return go(pod, null);
        }
        boolean may = owner.ordered() ? owners.takeOrdered(pod, owner) : owners.take(pod, owner);
        return may ? go(pod, null) : ownerHolds(pod, owner);
    }

    private Verdict underBudget(PodView pod, BudgetView budget) {
        if (!budget.observed()) {
            return held(BlockReason.BUDGET_NOT_OBSERVED, budget.path(), budget, budget.path(), "");
        }
        PodView.Owner owner = pod.owner();
        boolean free = !pod.ready() && budget.letsUnreadyGo();
        if (!free && budget.allowed() <= 0) {
            return held(BlockReason.BUDGET_CLOSED, budget.path(), budget, budget.path(), "");
        }
        if (owner != null && owner.ordered() && !owners.takeOrdered(pod, owner)) {
            return ownerHolds(pod, owner);
        }
        return free || budgets.take(budget) ? go(pod, budget) : new Queued();
    }

    private Verdict ownerHolds(PodView pod, PodView.Owner owner) {
        return owners.hasTaken(owner)
                ? new Queued()
                : held(
                        BlockReason.OWNER_NOT_READY,
                        owner.uid(),
                        null,
                        pod.path(),
                        owner.kind() + " " + pod.namespace() + "/" + owner.name());
    }

    private static Verdict go(PodView pod, @Nullable BudgetView budget) {
        return new Go(new Eviction(pod, key(pod, budget), budget == null ? "" : budget.resourceVersion(), false));
    }

    private static String key(PodView pod, @Nullable BudgetView budget) {
        PodView.Owner owner = pod.owner();
        if (budget != null) {
            return budget.path();
        }
        return owner == null ? pod.uid() : owner.uid();
    }

    private static Verdict held(
            BlockReason reason, String key, @Nullable BudgetView budget, String about, String message) {
        return new Held(reason, key, budget, about, message, Optional.empty());
    }
}
