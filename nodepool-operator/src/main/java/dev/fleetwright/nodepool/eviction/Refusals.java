package dev.fleetwright.nodepool.eviction;

import dev.fleetwright.nodepool.drain.BlockReason;
import dev.fleetwright.nodepool.drain.DrainMemory.Refusal;
import dev.fleetwright.nodepool.drain.Eviction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a refused eviction means for the next try. */
public final class Refusals {
    /** A closed budget is tried again when its object changes; this is the net below that, should the event be lost. */
    private static final Duration BUDGET_NET = Duration.ofMinutes(1);

    private static final Duration SEVERAL_BUDGETS = Duration.ofMinutes(5);

    private Refusals() {}

    /** When and upon what the pod may be tried again; empty when the answer was no refusal. */
    public static Optional<Refusal> of(EvictionAnswer answer, Eviction eviction, Instant now) {
        String version = eviction.budgetVersion();
        return switch (answer) {
            case EvictionAnswer.Accepted accepted -> Optional.empty();
            case EvictionAnswer.Gone gone -> Optional.empty();
            case EvictionAnswer.Unknown unknown -> Optional.empty();
            case EvictionAnswer.BudgetClosed closed ->
                Optional.of(new Refusal(BlockReason.BUDGET_CLOSED, closed.message(), now.plus(BUDGET_NET), version));
            case EvictionAnswer.Later later ->
                Optional.of(new Refusal(BlockReason.BUDGET_NOT_OBSERVED, later.message(), now.plus(later.after()), ""));
            case EvictionAnswer.SeveralBudgets several ->
                Optional.of(new Refusal(
                        BlockReason.SEVERAL_BUDGETS, several.message(), now.plus(SEVERAL_BUDGETS), version));
            case EvictionAnswer.Refused refused ->
                Optional.of(new Refusal(BlockReason.REFUSED, refused.message(), now.plus(refused.after()), ""));
        };
    }
}
