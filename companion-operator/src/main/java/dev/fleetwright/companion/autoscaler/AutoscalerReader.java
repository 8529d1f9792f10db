package dev.fleetwright.companion.autoscaler;

import dev.fleetwright.api.v1alpha1.AutoscalerProfile;
import dev.fleetwright.api.v1alpha1.AzureClusterAutoscaler;
import dev.fleetwright.api.v1alpha1.AzureClusterAutoscalerStatus;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneStatus;
import dev.fleetwright.companion.anchor.Anchors;
import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.reconcile.ObjectKey;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.core.reconcile.Watch;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Observes: reads caches.
 *
 * @param siblings filed under the {@link ObjectKey} of their Cluster
 */
record AutoscalerReader(Anchors anchors, Watch<AzureClusterAutoscaler> siblings, AppliedProfile profiles) {
    private static final Comparator<AzureClusterAutoscaler> SENIORITY = Comparator.comparing(
                    (AzureClusterAutoscaler object) -> object.getMetadata().getCreationTimestamp())
            .thenComparing(object -> object.getMetadata().getName());

    AutoscalerObservation observe(Pass<AzureClusterAutoscaler, AzureClusterAutoscalerStatus> pass) {
        var object = pass.resource();
        var anchor = anchors.find(
                object.getMetadata().getNamespace(), object.getSpec().clusterRef());
        var plane = anchor.controlPlane();
        @Nullable
        AutoscalerProfile actual =
                plane.map(p -> p.getSpec().autoscalerProfile()).orElse(null);
        return new AutoscalerObservation(
                anchor.stage(),
                anchor.missing(),
                anchor.pausedBy(object),
                senior(object, pass.deleting()),
                profiles.leaves(object.getSpec().profile()),
                profiles.leaves(actual),
                plane.map(profiles::owned).orElse(Set.of()),
                plane.filter(AutoscalerReader::carriedOut).isPresent(),
                settled(pass));
    }

    /** The control plane that the object's Cluster has now. */
    Optional<ManagedControlPlane> controlPlane(AzureClusterAutoscaler object) {
        return anchors.find(
                        object.getMetadata().getNamespace(), object.getSpec().clusterRef())
                .controlPlane();
    }

    /** Of several objects for one Cluster the oldest counts; one that is being deleted yields to any that stays. */
    private Optional<String> senior(AzureClusterAutoscaler object, boolean deleting) {
        return siblings.lookup(clusterOf(object).toString()).stream()
                .filter(other -> !other.getMetadata()
                        .getUid()
                        .equals(object.getMetadata().getUid()))
                .filter(other -> other.getMetadata().getDeletionTimestamp() == null)
                .filter(other -> deleting || SENIORITY.compare(other, object) < 0)
                .min(SENIORITY)
                .map(other -> other.getMetadata().getName());
    }

    static ObjectKey clusterOf(AzureClusterAutoscaler object) {
        return new ObjectKey(
                object.getMetadata().getNamespace(),
                object.getSpec().clusterRef().name());
    }

    private static boolean settled(Pass<AzureClusterAutoscaler, AzureClusterAutoscalerStatus> pass) {
        return pass.conditions()
                .find(Conditions.READY)
                .filter(ready -> "True".equals(ready.getStatus())
                        && Objects.equals(ready.getObservedGeneration(), pass.generation()))
                .isPresent();
    }

    private static boolean carriedOut(ManagedControlPlane plane) {
        @Nullable ManagedControlPlaneStatus status = plane.getStatus();
        if (status == null
                || !Objects.equals(
                        status.observedGeneration(), plane.getMetadata().getGeneration())) {
            return false;
        }
        Map<String, String> conditions =
                status.conditions().stream().collect(Collectors.toMap(Condition::getType, Condition::getStatus));
        return "True".equals(conditions.get(Conditions.READY))
                && !conditions.containsKey(Conditions.RECONCILING)
                && !conditions.containsKey(Conditions.STALLED);
    }
}
