package dev.fleetwright.controllers.anchor;

import dev.fleetwright.api.v1alpha1.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The Cluster as its parts see it.
 *
 * @param name of the Cluster, present or not
 * @param owner how a part names the Cluster as its owner; empty when there is no such Cluster
 * @param controlPlane name of the control plane that the Cluster names
 * @param deleting whether it is being deleted
 * @param paused whether the tree is paused
 * @param protectedFromDeletion whether nothing of it may be deleted in Azure
 * @param orphan whether its Azure resources stay when it goes
 */
public record Anchor(
        String name,
        Optional<OwnerReference> owner,
        Optional<String> controlPlane,
        boolean deleting,
        boolean paused,
        boolean protectedFromDeletion,
        boolean orphan) {
    /** Presence of one of these pauses one object; the second is Cluster API's. */
    private static final Set<String> PAUSE_ANNOTATIONS = Set.of("fleetwright.dev/paused", "cluster.x-k8s.io/paused");

    /** The anchor behind a reference. */
    public static Anchor of(String name, Optional<Cluster> found) {
        return found.map(Anchor::of)
                .orElseGet(() -> new Anchor(name, Optional.empty(), Optional.empty(), false, false, false, false));
    }

    private static Anchor of(Cluster cluster) {
        var spec = cluster.getSpec();
        return new Anchor(
                cluster.getMetadata().getName(),
                Optional.of(reference(cluster)),
                Optional.of(spec.controlPlaneRef().name()),
                cluster.getMetadata().getDeletionTimestamp() != null,
                Boolean.TRUE.equals(spec.paused()) || pausedByAnnotation(cluster),
                // Unset means protected: the default stands in the schema, but not in objects older than it.
                !Boolean.FALSE.equals(spec.deletionProtection()),
                "Orphan".equals(spec.deletionPolicy()));
    }

    /** Whether there is such a Cluster. */
    public boolean present() {
        return owner.isPresent();
    }

    /** Why nothing may be written on behalf of this part, if so. */
    public Optional<String> pauseOf(HasMetadata part) {
        if (paused) {
            return Optional.of("Cluster " + name + " is paused");
        }
        return pausedByAnnotation(part)
                ? Optional.of("paused by annotation: remove fleetwright.dev/paused to go on")
                : Optional.empty();
    }

    /** Whether the part still has to be given its owner reference to the Cluster. */
    public boolean missingOn(HasMetadata part) {
        return owner.isPresent() && !ownersOf(part).contains(owner.get());
    }

    /**
     * The part's owner references with the Cluster's among them, those of an earlier Cluster object left out: garbage
     * collection would take the part for an orphan of that one.
     */
    public List<OwnerReference> ownersWith(HasMetadata part) {
        var others = ownersOf(part).stream().filter(o -> !isCluster(o));
        return Stream.concat(others, owner.stream()).toList();
    }

    private boolean isCluster(OwnerReference o) {
        return owner.filter(mine -> mine.getKind().equals(o.getKind())
                        && mine.getApiVersion().equals(o.getApiVersion())
                        && mine.getName().equals(o.getName()))
                .isPresent();
    }

    private static List<OwnerReference> ownersOf(HasMetadata part) {
        List<OwnerReference> owners = part.getMetadata().getOwnerReferences();
        return owners == null ? List.of() : owners;
    }

    private static OwnerReference reference(Cluster cluster) {
        return new OwnerReferenceBuilder()
                .withApiVersion(cluster.getApiVersion())
                .withKind(cluster.getKind())
                .withName(cluster.getMetadata().getName())
                .withUid(cluster.getMetadata().getUid())
                .build();
    }

    private static boolean pausedByAnnotation(HasMetadata object) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations != null && annotations.keySet().stream().anyMatch(PAUSE_ANNOTATIONS::contains);
    }
}
