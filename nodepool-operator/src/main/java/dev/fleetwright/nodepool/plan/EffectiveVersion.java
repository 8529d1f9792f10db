package dev.fleetwright.nodepool.plan;

import dev.fleetwright.api.KubernetesVersion;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneStatus;
import dev.fleetwright.api.v1alpha1.Nodepool;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which Kubernetes version a pool shall run, or why that cannot be said yet. A pool is never newer than the control plane. */
public sealed interface EffectiveVersion {
    /** This one; null when the control plane does not say any. */
    record Known(@Nullable String version) implements EffectiveVersion {}

    /** Not now. */
    record Unknown(String reason, String message) implements EffectiveVersion {}

    /**
     * What to ask for now.
     *
     * @param controlPlane of the cluster; null when it does not exist
     * @param current the pool that serves; null before the first
     */
    static EffectiveVersion of(
            Nodepool nodepool, @Nullable ManagedControlPlane controlPlane, @Nullable MachinePool current) {
        if (controlPlane == null) {
            return new Unknown("WaitingForControlPlane", "the Cluster has no ManagedControlPlane yet");
        }
        String runs = Optional.ofNullable(controlPlane.getStatus())
                .map(ManagedControlPlaneStatus::version)
                .orElse(null);
        String asked = Objects.requireNonNullElse(nodepool.getSpec().version(), "");
        if (!asked.isEmpty()) {
            return pinned(asked, runs == null ? controlPlane.getSpec().version() : runs);
        }
        if (current == null) {
            return new Known(runs == null ? controlPlane.getSpec().version() : runs);
        }
        return new Known(runs != null && settled(controlPlane) ? runs : PoolDifference.versionOf(current));
    }

    /** A version of its own: while the control plane is older, the pool that serves stays as it is. */
    private static EffectiveVersion pinned(String asked, @Nullable String ceiling) {
        Optional<KubernetesVersion> wanted = KubernetesVersion.tryParse(asked);
        Optional<KubernetesVersion> highest = Optional.ofNullable(ceiling).flatMap(KubernetesVersion::tryParse);
        if (wanted.isPresent() && highest.isPresent() && highest.get().isBelow(wanted.get())) {
            return new Unknown(
                    "VersionAheadOfControlPlane",
                    "spec.version " + asked + " is newer than the control plane (" + ceiling + ")");
        }
        return new Known(asked);
    }

    /** True when no change of the control plane is under way: only then do pools follow it. */
    private static boolean settled(ManagedControlPlane controlPlane) {
        ManagedControlPlaneStatus status = controlPlane.getStatus();
        return Objects.equals(
                        status.observedGeneration(), controlPlane.getMetadata().getGeneration())
                && status.operation() == null
                && "Succeeded".equalsIgnoreCase(status.provisioningState());
    }
}
