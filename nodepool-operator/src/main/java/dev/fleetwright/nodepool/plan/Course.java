package dev.fleetwright.nodepool.plan;

import dev.fleetwright.api.v1alpha1.MachinePool;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which pool of a Nodepool shall serve, given the pools there are. Level-based: it looks at what exists and what is asked
 * for, never at how it came about, so any edit at any time, and any crash, leads to the same end.
 *
 * <p>At most two generations hold nodes. When a third is asked for, the two there are become one first: the one that holds
 * more of the workload stays.
 */
public sealed interface Course {
    /** There is no pool: make the first one. */
    record MakeFirst() implements Course {}

    /** One pool, and it is the one. */
    record Steady(MachinePool pool) implements Course {}

    /** The only pool is not what is asked for: make another and drain this one. */
    record ReplaceByNew(MachinePool source) implements Course {}

    /** An existing pool serves; the others are drained onto it. */
    record Keep(MachinePool pool, List<MachinePool> others) implements Course {
        public Keep {
            others = List.copyOf(others);
        }
    }

    /**
     * What to do about these pools.
     *
     * @param pools those of the Nodepool that are not being deleted
     * @param heavier name of the pool that holds more of the workload, as far as that is known
     */
    static Course of(DesiredPool desired, List<MachinePool> pools, Optional<String> heavier) {
        if (pools.isEmpty()) {
            return new MakeFirst();
        }
        Optional<MachinePool> fitting = pools.stream()
                .filter(pool -> PoolDifference.fits(desired, pool))
                .max(Comparator.comparingLong(PoolState::generation));
        if (pools.size() == 1) {
            MachinePool only = pools.getFirst();
            return fitting.isPresent() ? new Steady(only) : new ReplaceByNew(only);
        }
        MachinePool kept = fitting.orElseGet(() -> heaviest(pools, heavier));
        return new Keep(
                kept,
                pools.stream().filter(pool -> !name(pool).equals(name(kept))).toList());
    }

    private static MachinePool heaviest(List<MachinePool> pools, Optional<String> heavier) {
        return pools.stream()
                .filter(pool ->
                        heavier.isPresent() && pool.getMetadata().getName().equals(heavier.get()))
                .findFirst()
                .orElseGet(() -> pools.stream()
                        .min(Comparator.comparingLong(PoolState::generation))
                        .orElseThrow());
    }

    private static String name(MachinePool pool) {
        return pool.getMetadata().getName();
    }
}
