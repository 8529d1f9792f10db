package dev.fleetwright.companion;

import dev.fleetwright.api.v1alpha1.AzureClusterIdentity;
import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneStatus;
import dev.fleetwright.core.condition.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Of each kind that our objects depend on, the facts whose change is worth a pass over them. */
final class AnchorFacts {
    private AnchorFacts() {}

    /** Everything but the status. */
    static List<Optional<Object>> of(Cluster cluster) {
        return list(life(cluster), cluster.getSpec(), cluster.getMetadata().getAnnotations());
    }

    /** Life, who acts for it, the identity of its nodes, and what it waits for while it is deleted. */
    static List<Optional<Object>> of(ManagedControlPlane plane) {
        return list(
                life(plane),
                plane.getSpec().clusterRef(),
                plane.getSpec().identityRef(),
                status(plane).map(ManagedControlPlaneStatus::kubeletIdentity).orElse(null),
                condition(plane, Conditions.DELETING).map(Condition::getReason).orElse(null));
    }

    /** The spec, and whether it has been carried out. */
    static List<Optional<Object>> ofProfile(ManagedControlPlane plane) {
        return list(
                plane.getMetadata().getGeneration(),
                status(plane).map(ManagedControlPlaneStatus::observedGeneration).orElse(null),
                condition(plane, Conditions.READY).map(Condition::getStatus).orElse(null),
                condition(plane, Conditions.RECONCILING).isPresent(),
                condition(plane, Conditions.STALLED).isPresent());
    }

    /** The spec, and what others found out about it: a Secret that was mended shows there. */
    static List<Optional<Object>> of(AzureClusterIdentity identity) {
        return list(life(identity), identity.getSpec(), identity.getStatus());
    }

    /** The content, as a hash: no copy of a secret is kept. */
    static List<Optional<Object>> of(Secret secret) {
        return list(life(secret), Objects.hashCode(secret.getData()));
    }

    private static List<Object> life(HasMetadata object) {
        return List.of(
                Objects.requireNonNullElse(object.getMetadata().getUid(), ""),
                object.getMetadata().getDeletionTimestamp() != null);
    }

    private static Optional<ManagedControlPlaneStatus> status(ManagedControlPlane plane) {
        return Optional.ofNullable(plane.getStatus());
    }

    private static Optional<Condition> condition(ManagedControlPlane plane, String type) {
        return status(plane).stream()
                .flatMap(status -> status.conditions().stream())
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    /** A list that may have gaps. */
    private static List<Optional<Object>> list(@Nullable Object... facts) {
        return Arrays.stream(facts).<Optional<Object>>map(Optional::ofNullable).toList();
    }
}
