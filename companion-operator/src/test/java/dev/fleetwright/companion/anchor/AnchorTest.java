package dev.fleetwright.companion.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.ClusterSpec;
import dev.fleetwright.api.v1alpha1.LocalRef;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneStatus;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnchorTest {
    private static final Optional<Cluster> NO_CLUSTER = Optional.empty();
    private static final Optional<ManagedControlPlane> NO_PLANE = Optional.empty();

    @Test
    void theStageFollowsFromWhoIsThereAndWhoIsLeaving() {
        assertThat(stage(NO_CLUSTER, NO_PLANE)).isEqualTo(Stage.ABSENT);
        assertThat(stage(cluster(false), NO_PLANE)).isEqualTo(Stage.ABSENT);
        assertThat(stage(NO_CLUSTER, plane())).isEqualTo(Stage.ABSENT);
        assertThat(stage(cluster(false), plane())).isEqualTo(Stage.LIVING);
        assertThat(stage(leaving(cluster(false)), plane())).isEqualTo(Stage.LEAVING);
        assertThat(stage(cluster(false), leaving(plane()))).isEqualTo(Stage.LEAVING);
        assertThat(stage(NO_CLUSTER, leaving(plane()))).isEqualTo(Stage.LEAVING);
        assertThat(stage(leaving(cluster(false)), NO_PLANE)).isEqualTo(Stage.REMOVED);
        assertThat(stage(leaving(cluster(false)), emptied(leaving(plane())))).isEqualTo(Stage.REMOVED);
    }

    @Test
    void aDeletedClusterIsProtectedUnlessSomeoneSaidOtherwise() {
        assertThat(stage(leaving(cluster(true)), plane())).isEqualTo(Stage.PROTECTED);
        assertThat(stage(leaving(cluster(null)), plane())).isEqualTo(Stage.PROTECTED);
        assertThat(stage(leaving(cluster(null)), NO_PLANE)).isEqualTo(Stage.PROTECTED);
    }

    @Test
    void whatIsGoneFromAzureNeedsNoProtectionAnyMore() {
        assertThat(stage(cluster(true), emptied(leaving(plane())))).isEqualTo(Stage.REMOVED);
    }

    @Test
    void aReasonOnAControlPlaneThatStaysSaysNothing() {
        assertThat(stage(cluster(false), emptied(plane()))).isEqualTo(Stage.LIVING);
    }

    @Test
    void pauseComesFromTheObjectOrFromItsCluster() {
        assertThat(anchor(cluster(false), plane()).pausedBy(object())).isEmpty();
        assertThat(anchor(cluster(false), plane()).pausedBy(object("fleetwright.dev/paused", "")))
                .isPresent();
        assertThat(anchor(annotated(cluster(false), "cluster.x-k8s.io/paused"), plane())
                        .pausedBy(object()))
                .hasValueSatisfying(why -> assertThat(why).contains("Cluster c"));
        assertThat(anchor(Optional.of(cluster(true, null, false)), plane()).pausedBy(object()))
                .isPresent();
    }

    @Test
    void theMoreCautiousDeletionPolicyWins() {
        var orphaning = Optional.of(cluster(null, "Orphan", false));
        assertThat(anchor(orphaning, plane()).orphans(object())).isTrue();
        assertThat(anchor(cluster(false), plane()).orphans(object())).isFalse();
        assertThat(anchor(NO_CLUSTER, NO_PLANE).orphans(object(Anchor.DELETION_POLICY_ANNOTATION, "Orphan")))
                .isTrue();
    }

    private static Stage stage(Optional<Cluster> cluster, Optional<ManagedControlPlane> plane) {
        return anchor(cluster, plane).stage();
    }

    private static Anchor anchor(Optional<Cluster> cluster, Optional<ManagedControlPlane> plane) {
        return new Anchor("c", cluster, plane);
    }

    private static Optional<Cluster> cluster(@Nullable Boolean deletionProtection) {
        return Optional.of(cluster(null, null, deletionProtection));
    }

    private static Cluster cluster(
            @Nullable Boolean paused, @Nullable String deletionPolicy, @Nullable Boolean deletionProtection) {
        var cluster = new Cluster();
        cluster.getMetadata().setName("c");
        cluster.setSpec(new ClusterSpec(new LocalRef("c"), paused, deletionPolicy, deletionProtection));
        return cluster;
    }

    private static Optional<ManagedControlPlane> plane() {
        var plane = new ManagedControlPlane();
        plane.getMetadata().setName("c");
        return Optional.of(plane);
    }

    private static Optional<ManagedControlPlane> emptied(Optional<ManagedControlPlane> plane) {
        plane.orElseThrow()
                .setStatus(ManagedControlPlaneStatus.empty()
                        .withConditions(List.of(new ConditionBuilder()
                                .withType("Deleting")
                                .withStatus("True")
                                .withReason(Anchor.WAITING_FOR_ROLE_ASSIGNMENTS)
                                .build())));
        return plane;
    }

    private static <X extends HasMetadata> Optional<X> leaving(Optional<X> object) {
        object.orElseThrow().getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        return object;
    }

    private static <X extends HasMetadata> Optional<X> annotated(Optional<X> object, String annotation) {
        object.orElseThrow().getMetadata().getAnnotations().put(annotation, "");
        return object;
    }

    private static ConfigMap object() {
        return new ConfigMapBuilder().withNewMetadata().endMetadata().build();
    }

    private static ConfigMap object(String annotation, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .addToAnnotations(annotation, value)
                .endMetadata()
                .build();
    }
}
