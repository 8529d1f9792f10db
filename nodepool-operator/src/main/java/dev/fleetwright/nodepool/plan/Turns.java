package dev.fleetwright.nodepool.plan;

import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One replacement of a cluster at a time. One that has begun goes on; else the one that holds the turn; else the one whose
 * Nodepool is halfway between two pools (a run before it was superseded), else the oldest. Whoever asks gets the same
 * answer, so there is always one that may go.
 */
public final class Turns {
    private Turns() {}

    /** A record that asks for the turn, with what decides about it. */
    public record Entry(NodepoolReplacement record, boolean halfway) {}

    /**
     * Who is ahead of this one: empty when it is its turn.
     *
     * @param holder uid of the record to which the turn was granted, though it may not be seen to have begun yet; empty when
     *     nobody has it
     */
    public static Optional<NodepoolReplacement> ahead(
            NodepoolReplacement asking, List<Entry> unfinished, String holder) {
        Comparator<Entry> order = Comparator.comparingInt((Entry e) -> Records.begun(e.record()) ? 0 : 1)
                .thenComparingInt(e -> e.record().getMetadata().getUid().equals(holder) ? 0 : 1)
                .thenComparingInt(e -> e.halfway() ? 0 : 1)
                .thenComparing(e -> created(e.record()))
                .thenComparing(e -> e.record().getMetadata().getName());
        return unfinished.stream()
                .min(order)
                .map(Entry::record)
                .filter(first -> !first.getMetadata()
                        .getUid()
                        .equals(asking.getMetadata().getUid()));
    }

    private static String created(NodepoolReplacement record) {
        return Optional.ofNullable(record.getMetadata().getCreationTimestamp()).orElse("");
    }
}
