package dev.fleetwright.nodepool.plan;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolStatus;
import dev.fleetwright.api.v1alpha1.Scaling;
import java.util.Objects;
import java.util.Optional;

/** How many nodes a pool has or shall have. */
public final class TargetSize {
    private TargetSize() {}

    /**
     * The number of nodes of a new pool, all of them before anything moves: the fixed number; with an autoscaler as many as
     * serve now, within its bounds.
     *
     * @param serving Ready nodes of the pools that are replaced
     */
    public static int of(DesiredPool desired, int serving) {
        Scaling scaling = desired.scaling();
        if (scaling == null) {
            return Objects.requireNonNullElse(desired.replicas(), 0);
        }
        return Math.min(scaling.max(), Math.max(scaling.min(), serving));
    }

    /** How many nodes this pool should have Ready: the ordered number; with an autoscaler what Azure reports. */
    public static int wanted(MachinePool pool) {
        Integer replicas = pool.getSpec().replicas();
        if (replicas != null) {
            return replicas;
        }
        int reported = Optional.ofNullable(pool.getStatus())
                .map(MachinePoolStatus::replicas)
                .orElse(0);
        Scaling scaling = pool.getSpec().scaling();
        return scaling == null ? reported : Math.max(scaling.min(), reported);
    }
}
