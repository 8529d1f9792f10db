package dev.fleetwright.nodepool.plan;

import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.MachinePoolStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a MachinePool's status says, in the words of the replacement. */
public final class PoolState {
    private static final Set<String> TERMINAL = Set.of("succeeded", "failed", "canceled");

    private PoolState() {}

    /** True when the latest spec is carried out in Azure, which says Succeeded. */
    public static boolean provisioned(MachinePool pool) {
        MachinePoolStatus status = pool.getStatus();
        return settled(pool) && status != null && "Succeeded".equalsIgnoreCase(status.provisioningState());
    }

    /** True when nothing runs in Azure for the latest spec, well or badly ended. */
    public static boolean settled(MachinePool pool) {
        MachinePoolStatus status = pool.getStatus();
        if (status == null || status.operation() != null || status.provisioningState() == null) {
            return false;
        }
        return Objects.equals(status.observedGeneration(), pool.getMetadata().getGeneration())
                && TERMINAL.contains(status.provisioningState().toLowerCase(Locale.ROOT));
    }

    /** True when Azure was never asked for this pool: it cannot have nodes. */
    public static boolean neverMade(MachinePool pool) {
        MachinePoolStatus status = pool.getStatus();
        return status == null
                || (status.id() == null
                        && status.provisioningState() == null
                        && status.operation() == null
                        && status.providerIDList().isEmpty());
    }

    public static boolean deleting(MachinePool pool) {
        return pool.getMetadata().getDeletionTimestamp() != null;
    }

    /** The condition Stalled, if it is True. */
    public static Optional<Condition> stalled(MachinePool pool) {
        return condition(pool, "Stalled").filter(c -> "True".equals(c.getStatus()));
    }

    /** The condition of this type. */
    public static Optional<Condition> condition(MachinePool pool, String type) {
        return Optional.ofNullable(pool.getStatus()).stream()
                .flatMap(status -> status.conditions().stream())
                .filter(c -> type.equals(c.getType()))
                .findFirst();
    }

    /** Which pool of its Nodepool it is, from 1; 0 when it does not say. */
    public static long generation(io.fabric8.kubernetes.api.model.HasMetadata object) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        String text = annotations == null ? null : annotations.get(Names.TEMPLATE_GENERATION);
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
