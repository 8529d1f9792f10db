package dev.fleetwright.companion.anchor;

import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.IdentityRef;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.core.condition.Conditions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Cluster that an object belongs to, as seen at one instant.
 *
 * @param name the Cluster's name, whether it exists or not
 */
public record Anchor(String name, Optional<Cluster> cluster, Optional<ManagedControlPlane> controlPlane) {
    /** Presence of one of these pauses an object; the second is Cluster API's. */
    private static final Set<String> PAUSED_ANNOTATIONS = Set.of("fleetwright.dev/paused", "cluster.x-k8s.io/paused");

    /** On a single object, {@code Orphan}: what it made in Azure stays when it goes. */
    public static final String DELETION_POLICY_ANNOTATION = "fleetwright.dev/deletion-policy";

    /**
     * Reason of the ManagedControlPlane's Deleting condition, written by the controllers when the managed cluster is
     * positively gone from Azure and only role assignments are left.
     */
    public static final String WAITING_FOR_ROLE_ASSIGNMENTS = "WaitingForRoleAssignments";

    private static final String ORPHAN = "Orphan";

    public Stage stage() {
        boolean leaving = cluster.filter(Anchor::deleting).isPresent()
                || controlPlane.filter(Anchor::deleting).isPresent();
        if (!leaving) {
            return cluster.isPresent() && controlPlane.isPresent() ? Stage.LIVING : Stage.ABSENT;
        }
        if (controlPlane.filter(Anchor::removedFromAzure).isPresent()) {
            return Stage.REMOVED;
        }
        if (isProtected()) {
            return Stage.PROTECTED;
        }
        return controlPlane.isPresent() ? Stage.LEAVING : Stage.REMOVED;
    }

    /** What to tell a user who looks at an object whose anchor is {@link Stage#ABSENT}. */
    public String missing() {
        return cluster.isEmpty()
                ? "Cluster " + name + " does not exist"
                : "Cluster " + name + " has no ManagedControlPlane yet";
    }

    /** Why nothing may be written on behalf of this object; empty when it is not paused. */
    public Optional<String> pausedBy(HasMetadata object) {
        if (pausedByAnnotation(object)) {
            return Optional.of("paused by annotation: remove fleetwright.dev/paused to go on");
        }
        return cluster.filter(c -> Boolean.TRUE.equals(c.getSpec().paused()) || pausedByAnnotation(c))
                .map(c -> "Cluster " + name + " is paused");
    }

    /** Whether Azure keeps what the object made when the object goes: the more cautious of its own and its Cluster's. */
    public boolean orphans(HasMetadata object) {
        return ORPHAN.equals(annotations(object).get(DELETION_POLICY_ANNOTATION))
                || cluster.filter(c -> ORPHAN.equals(c.getSpec().deletionPolicy()))
                        .isPresent();
    }

    /** The identity to act with; empty when there is no ManagedControlPlane to name one. */
    public Optional<IdentityRef> identity() {
        return controlPlane.map(plane -> plane.getSpec().identityRef());
    }

    private boolean isProtected() {
        return cluster.filter(c -> !Boolean.FALSE.equals(c.getSpec().deletionProtection()))
                .isPresent();
    }

    private static boolean removedFromAzure(ManagedControlPlane plane) {
        return deleting(plane)
                && plane.getStatus() != null
                && plane.getStatus().conditions().stream()
                        .anyMatch(condition -> condition.getType().equals(Conditions.DELETING)
                                && WAITING_FOR_ROLE_ASSIGNMENTS.equals(condition.getReason()));
    }

    private static boolean deleting(HasMetadata object) {
        return object.getMetadata().getDeletionTimestamp() != null;
    }

    private static boolean pausedByAnnotation(HasMetadata object) {
        return annotations(object).keySet().stream().anyMatch(PAUSED_ANNOTATIONS::contains);
    }

    @SuppressWarnings("ConstantValue") // unannotated API: absent maps come as null
    private static Map<String, String> annotations(HasMetadata object) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }
}
