package dev.fleetwright.nodepool.plan;

import dev.fleetwright.api.v1alpha1.NodepoolReplacement;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus;
import dev.fleetwright.api.v1alpha1.ObjectRef;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** What a NodepoolReplacement says about itself. */
public final class Records {
    /** Phases after the first deletion was asked for: the run ends as it began, whatever is edited. */
    private static final Set<String> COMMITTED = Set.of("DeletingSources", "Unfencing", "Completed");

    /** Oldest first. */
    public static final Comparator<NodepoolReplacement> BY_NUMBER = Comparator.comparingLong(Records::number)
            .thenComparing(r -> r.getMetadata().getName());

    private Records() {}

    public static boolean finished(NodepoolReplacement record) {
        return status(record).result() != null;
    }

    /** Past the commit point. */
    public static boolean committed(NodepoolReplacement record) {
        return COMMITTED.contains(phase(record));
    }

    /** True once it took a step of its own: it has the turn of its cluster. */
    public static boolean begun(NodepoolReplacement record) {
        String phase = phase(record);
        return !finished(record) && !phase.isEmpty() && !phase.equals("Planning");
    }

    /** Empty before the first pass. */
    public static String phase(NodepoolReplacement record) {
        return Optional.ofNullable(status(record).phase()).orElse("");
    }

    /** The number at the end of its name; numbers of one Nodepool grow. */
    public static long number(NodepoolReplacement record) {
        String name = record.getMetadata().getName();
        try {
            return Long.parseLong(name.substring(name.lastIndexOf('-') + 1));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /**
     * Name of the pool that holds more of the workload, by the pods moved so far; the target on a tie. A record that goes to
     * a pool that was there before (it has no changes to carry out) is always finished: else two records could send the
     * workload to and fro for ever when neither pool is what is asked for.
     */
    public static Optional<String> heavier(NodepoolReplacement record) {
        ObjectRef target = record.getSpec().target();
        var progress = status(record).progress();
        int moved = progress == null || progress.podsMoved() == null ? 0 : progress.podsMoved();
        int found = progress == null || progress.pods() == null ? 0 : foundOf(progress.pods());
        if (target == null) {
            return Optional.empty();
        }
        boolean mostlyMoved = record.getSpec().changes().isEmpty() || (moved > 0 && moved * 2 >= found);
        return Optional.of(
                mostlyMoved
                        ? target.name()
                        : record.getSpec().sources().getFirst().name());
    }

    private static int foundOf(String movedOfFound) {
        try {
            return Integer.parseInt(movedOfFound.substring(movedOfFound.indexOf('/') + 1));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static NodepoolReplacementStatus status(NodepoolReplacement record) {
        return Optional.ofNullable(record.getStatus()).orElseGet(NodepoolReplacementStatus::empty);
    }
}
