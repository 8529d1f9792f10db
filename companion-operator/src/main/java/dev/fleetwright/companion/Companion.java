package dev.fleetwright.companion;

import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfig;
import dev.fleetwright.api.v1alpha1.AzureClusterAutoscaler;
import dev.fleetwright.api.v1alpha1.AzureClusterIdentity;
import dev.fleetwright.api.v1alpha1.AzureRoleAssignment;
import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.azure.AzureSettings;
import dev.fleetwright.azure.credential.IdentityAccess;
import dev.fleetwright.azure.credential.IdentityCredential;
import dev.fleetwright.azure.credential.KubernetesIdentityObjects;
import dev.fleetwright.azure.sdk.SdkAzureAccess;
import dev.fleetwright.companion.anchor.Anchors;
import dev.fleetwright.companion.anchor.WhenChanged;
import dev.fleetwright.companion.autoscaler.AutoscalerController;
import dev.fleetwright.companion.config.AdditionalConfigController;
import dev.fleetwright.companion.role.RoleAssignmentController;
import dev.fleetwright.core.process.OperatorProcess;
import dev.fleetwright.core.reconcile.ObjectKey;
import dev.fleetwright.core.reconcile.Trigger;
import dev.fleetwright.core.reconcile.Watch;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Puts caches, triggers and controllers together. */
final class Companion {
    /** "Role assignment changes can take up to 10 minutes to take effect" (Azure RBAC documentation). */
    private static final Duration PROPAGATION = Duration.ofMinutes(10);

    /** On Secrets that identities name; the controllers put it there. */
    private static final String CREDENTIAL_LABEL = "fleetwright.dev/credential";

    private final Trigger configs = new Trigger();
    private final Trigger roles = new Trigger();
    private final Trigger autoscalers = new Trigger();
    private final Watch<AzureClusterAdditionalConfig> configObjects;
    private final Watch<AzureRoleAssignment> roleObjects;
    private final Watch<AzureClusterAutoscaler> autoscalerObjects;
    private final Watch<Cluster> clusters;
    private final Watch<ManagedControlPlane> controlPlanes;
    private final Watch<AzureClusterIdentity> identities;
    private final Watch<Secret> credentials;

    private Companion(OperatorProcess process) {
        configObjects = process.watch(
                AzureClusterAdditionalConfig.class,
                "",
                config -> List.of(cluster(config, config.getSpec().clusterRef().name())));
        roleObjects = process.watch(
                AzureRoleAssignment.class,
                "",
                role -> Stream.concat(
                                RoleAssignmentController.index(role).stream(),
                                Stream.of(
                                        AdditionalConfigController.index(role),
                                        cluster(
                                                role,
                                                role.getSpec().clusterRef().name())))
                        .toList());
        autoscalerObjects = process.watch(
                AzureClusterAutoscaler.class,
                "",
                autoscaler ->
                        List.of(AdditionalConfigController.index(autoscaler), AutoscalerController.index(autoscaler)));
        clusters = process.watch(Cluster.class);
        controlPlanes = process.watch(
                ManagedControlPlane.class,
                "",
                plane -> List.of(Anchors.clusterOf(plane).toString()));
        identities = process.watch(AzureClusterIdentity.class);
        credentials = process.watch(Secret.class, CREDENTIAL_LABEL, any -> List.of());
    }

    /** Adds all of this operator to a process that has not started yet. */
    static void wire(OperatorProcess process, Map<String, String> environment) {
        var companion = new Companion(process);
        companion.wakeByChildren();
        companion.wakeByAnchors();
        companion.addControllers(process, environment);
    }

    private void wakeByChildren() {
        roleObjects.wakes(configs, AdditionalConfigController::parentsOf);
        autoscalerObjects.wakes(configs, AdditionalConfigController::parentsOf);
        // The eldest of several autoscaler objects may have gone: the next one takes over.
        autoscalerObjects.listen(new WhenChanged<>(
                autoscalerObjects,
                object -> Optional.ofNullable(object.getMetadata().getDeletionTimestamp()),
                object -> wake(
                        autoscalerObjects,
                        cluster(object, object.getSpec().clusterRef().name()),
                        autoscalers::wake)));
    }

    private void wakeByAnchors() {
        // Every change of a Cluster or an identity is a person's or rare; those of a control plane are neither.
        clusters.listen(new WhenChanged<>(
                clusters,
                AnchorFacts::of,
                cluster -> wakeAll(ObjectKey.of(cluster).toString())));
        controlPlanes.listen(new WhenChanged<>(
                controlPlanes,
                AnchorFacts::of,
                plane -> wakeAll(Anchors.clusterOf(plane).toString())));
        controlPlanes.listen(new WhenChanged<>(
                controlPlanes,
                AnchorFacts::ofProfile,
                plane -> wake(autoscalerObjects, Anchors.clusterOf(plane).toString(), autoscalers::wake)));
        identities.listen(new WhenChanged<>(identities, AnchorFacts::of, this::retryUsersOf));
        credentials.listen(new WhenChanged<>(credentials, AnchorFacts::of, this::retryUsersOf));
    }

    private void retryUsersOf(Secret secret) {
        var metadata = secret.getMetadata();
        identities.all().stream()
                .filter(identity ->
                        metadata.getNamespace().equals(identity.getMetadata().getNamespace()))
                .filter(identity -> IdentityCredential.secretName(identity.getSpec())
                        .filter(metadata.getName()::equals)
                        .isPresent())
                .forEach(this::retryUsersOf);
    }

    /** A mended identity is tried at once, by all that use it. */
    private void retryUsersOf(AzureClusterIdentity identity) {
        var key = ObjectKey.of(identity);
        controlPlanes.all().stream()
                .filter(plane -> key.equals(IdentityAccess.keyOf(
                        plane.getMetadata().getNamespace(), plane.getSpec().identityRef())))
                .forEach(plane -> wake(roleObjects, Anchors.clusterOf(plane).toString(), roles::retryNow));
    }

    private void addControllers(OperatorProcess process, Map<String, String> environment) {
        var azure = new SdkAzureAccess(
                AzureSettings.fromEnvironment(environment, process.userAgent().value()), process.clock());
        process.closeLast(azure);
        var anchors = new Anchors(clusters, controlPlanes);
        var client = process.client();
        var fieldManager = process.userAgent().operator();
        process.add(RoleAssignmentController.of(
                anchors,
                roleObjects,
                new IdentityAccess(
                        azure,
                        IdentityCredential.fromEnvironment(environment),
                        new KubernetesIdentityObjects(client, identities, _ -> Optional.empty())),
                client,
                process.settings().scaled(PROPAGATION),
                roles));
        process.add(AutoscalerController.of(anchors, autoscalerObjects, client, fieldManager, autoscalers));
        process.add(AdditionalConfigController.of(
                anchors,
                Map.of(AzureRoleAssignment.class, roleObjects, AzureClusterAutoscaler.class, autoscalerObjects),
                client,
                fieldManager,
                configs));
    }

    private void wakeAll(String cluster) {
        wake(configObjects, cluster, configs::wake);
        wake(roleObjects, cluster, roles::wake);
        wake(autoscalerObjects, cluster, autoscalers::wake);
    }

    private static <X extends HasMetadata> void wake(Watch<X> objects, String cluster, Consumer<ObjectKey> how) {
        objects.lookup(cluster).stream().map(ObjectKey::of).forEach(how);
    }

    private static String cluster(HasMetadata object, String name) {
        return new ObjectKey(object.getMetadata().getNamespace(), name).toString();
    }
}
