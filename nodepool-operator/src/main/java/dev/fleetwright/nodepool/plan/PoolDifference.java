package dev.fleetwright.nodepool.plan;

import dev.fleetwright.api.KubernetesVersion;
import dev.fleetwright.api.v1alpha1.AgentPoolProperty;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolStatus;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementSpec.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What keeps an existing pool from being the one that is asked for: changes that take another pool. */
public final class PoolDifference {
    private static final int LONGEST_VALUE = 512;

    private PoolDifference() {}

    /** True when the pool can become what is asked for without being replaced. */
    public static boolean fits(DesiredPool desired, MachinePool pool) {
        return of(desired, pool).isEmpty();
    }

    /** The changes that take another pool, in the order of the property table; the version last. */
    public static List<Change> of(DesiredPool desired, MachinePool pool) {
        List<Change> changes = new ArrayList<>();
        var from = pool.getSpec().template();
        for (AgentPoolProperty property :
                AgentPoolProperty.differing(from, desired.template(), AgentPoolProperty.Change.REPLACE)) {
            changes.add(new Change(
                    "spec.template." + property.field(),
                    text(property.value(from)),
                    text(property.value(desired.template()))));
        }
        String wanted = desired.version();
        String has = versionOf(pool);
        if (wanted != null && has != null && !sameVersion(wanted, has)) {
            changes.add(new Change("version", has, wanted));
        }
        return changes;
    }

    /** The version a pool runs: as ordered, or as Azure reports it when only a minor was ordered; null when unknown. */
    public static @Nullable String versionOf(MachinePool pool) {
        String ordered = pool.getSpec().version();
        String reported = Optional.ofNullable(pool.getStatus())
                .map(MachinePoolStatus::version)
                .orElse(null);
        if (ordered == null || ordered.isEmpty()) {
            return reported;
        }
        boolean exact = KubernetesVersion.tryParse(ordered)
                .map(v -> v.patch().isPresent())
                .orElse(false);
        return exact || reported == null ? ordered : reported;
    }

    private static boolean sameVersion(String wanted, String has) {
        Optional<KubernetesVersion> a = KubernetesVersion.tryParse(wanted);
        Optional<KubernetesVersion> b = KubernetesVersion.tryParse(has);
        if (a.isEmpty() || b.isEmpty()) {
            return wanted.equals(has);
        }
        return a.get().admits(b.get()) || b.get().admits(a.get());
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        String text = Objects.toString(
                value instanceof java.util.Set<?> set
                        ? set.stream().map(String::valueOf).sorted().toList()
                        : value);
        return text.substring(0, Math.min(LONGEST_VALUE, text.length()));
    }
}
