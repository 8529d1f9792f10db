package dev.fleetwright.nodepool.drain;

import dev.fleetwright.api.v1alpha1.BlockedPod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pods that cannot move: since when, when that is worth a report, and what happens at their deadline. The clock of a
 * pod starts again whenever another pod under the same budget or owner has moved: waiting in a line that moves is no fault.
 */
final class HeldPods {
    /** A hold that may end by itself, and is not of our own making, is reported after this; shorter ones would only flicker. */
    static final Duration REPORT_AFTER = Duration.ofSeconds(3);

    /** After a move of ours the owner has this long to get ready before the hold is reported. */
    static final Duration QUIET_AFTER_MOVE = Duration.ofMinutes(1);

    /** How long after its grace period a deleted pod may still be there. */
    static final Duration STUCK_AFTER = Duration.ofMinutes(2);

    private static final Comparator<BlockedPod> OLDEST_FIRST = Comparator.comparing(HeldPods::reportedSince)
            .thenComparing(BlockedPod::namespace)
            .thenComparing(BlockedPod::name);

    private final DrainSituation situation;
    private final Map<String, Instant> since = new HashMap<>();
    private final List<BlockedPod> reported = new ArrayList<>();
    private Optional<Instant> wake = Optional.empty();
    private boolean overdue;

    HeldPods(DrainSituation situation) {
        this.situation = situation;
    }

    /** Counts a held pod. The result is its deletion when its deadline has passed and the policy says so. */
    Optional<Eviction> add(PodView pod, Verdict.Held why) {
        Instant now = situation.now();
        Instant from = heldSince(pod, why);
        since.put(pod.uid(), from);
        why.retryAt().ifPresent(this::wakeAt);
        Instant deadline = from.plus(situation.policy().podDeadline());
        boolean past = !now.isBefore(deadline);
        if (past
                && situation.policy().onDeadline() == DrainPolicy.OnDeadline.DELETE
                && why.reason() != BlockReason.STUCK_TERMINATING) {
            String version = why.budget() == null ? "" : why.budget().resourceVersion();
            return Optional.of(new Eviction(pod, why.key(), version, true));
        }
        Instant reportAt = reportAt(from, why);
        if (now.isBefore(reportAt)) {
            wakeAt(reportAt);
            return Optional.empty();
        }
        overdue |= past;
        if (!past) {
            wakeAt(deadline);
        }
        reported.add(entry(pod, why, from, deadline));
        return Optional.empty();
    }

    List<BlockedPod> reported() {
        return reported.stream().sorted(OLDEST_FIRST).toList();
    }

    boolean overdue() {
        return overdue;
    }

    Map<String, Instant> since() {
        return since;
    }

    Optional<Instant> wake() {
        return wake;
    }

    private Instant heldSince(PodView pod, Verdict.Held why) {
        Instant due = pod.deletionTimestamp();
        if (why.reason() == BlockReason.STUCK_TERMINATING && due != null) {
            return due;
        }
        Instant known = situation.memory().heldSince().getOrDefault(pod.uid(), situation.now());
        Instant moved = situation.memory().movedAt().getOrDefault(why.key(), known);
        return moved.isAfter(known) ? moved : known;
    }

    private Instant reportAt(Instant from, Verdict.Held why) {
        Instant moved = situation.memory().movedAt().get(why.key());
        return switch (why.reason()) {
            case SEVERAL_BUDGETS -> from;
            case STUCK_TERMINATING -> from.plus(STUCK_AFTER);
            case OWNER_NOT_READY ->
                moved == null
                        ? from.plus(REPORT_AFTER)
                        : moved.plus(situation.policy().settle());
            case BUDGET_CLOSED -> steady(why) ? from : unsteady(from, moved);
            case BUDGET_NOT_OBSERVED, REFUSED, WAIT_COMPLETED ->
                steady(why) ? from.plus(REPORT_AFTER) : unsteady(from, moved);
        };
    }

    private static Instant unsteady(Instant from, @Nullable Instant moved) {
        return moved == null ? from.plus(REPORT_AFTER) : moved.plus(QUIET_AFTER_MOVE);
    }

    /** True when all pods of the budget are healthy and it is closed all the same: it will not open by waiting, so say so. */
    private static boolean steady(Verdict.Held why) {
        BudgetView budget = why.budget();
        return budget != null
                && budget.observed()
                && budget.expected() > 0
                && budget.present() >= budget.expected()
                && budget.disrupted().isEmpty();
    }

    private void wakeAt(Instant at) {
        if (wake.isEmpty() || at.isBefore(wake.get())) {
            wake = Optional.of(at);
        }
    }

    private BlockedPod entry(PodView pod, Verdict.Held why, Instant from, Instant deadline) {
        BudgetView budget = why.budget();
        PodView.Owner owner = pod.owner();
        boolean deletes = situation.policy().onDeadline() == DrainPolicy.OnDeadline.DELETE;
        return new BlockedPod(
                pod.namespace(),
                pod.name(),
                pod.uid(),
                pod.node(),
                owner == null ? null : owner.kind() + "/" + owner.name(),
                namesBudget(why) ? clipped(why.about(), 253) : null,
                budget == null ? null : budget.needed(),
                budget == null ? null : budget.present(),
                why.reason().reason(),
                why.message().isEmpty() ? null : clipped(why.message(), 1024),
                from,
                deadline,
                deletes ? "Delete" : "Wait");
    }

    private static boolean namesBudget(Verdict.Held why) {
        return why.budget() != null || why.reason() == BlockReason.SEVERAL_BUDGETS;
    }

    private static String clipped(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    private static Instant reportedSince(BlockedPod pod) {
        Instant since = pod.since();
        return since == null ? Instant.EPOCH : since;
    }
}
