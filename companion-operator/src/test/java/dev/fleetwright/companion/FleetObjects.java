package dev.fleetwright.companion;

import dev.fleetwright.api.v1alpha1.AutoscalerProfile;
import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfig;
import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfigSpec;
import dev.fleetwright.api.v1alpha1.AzureClusterAdditionalConfigSpec.ContainerRegistry;
import dev.fleetwright.api.v1alpha1.AzureClusterAutoscaler;
import dev.fleetwright.api.v1alpha1.AzureClusterIdentity;
import dev.fleetwright.api.v1alpha1.AzureClusterIdentitySpec;
import dev.fleetwright.api.v1alpha1.AzureClusterIdentitySpec.SecretKeyRef;
import dev.fleetwright.api.v1alpha1.AzureRoleAssignment;
import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.ClusterSpec;
import dev.fleetwright.api.v1alpha1.IdentityRef;
import dev.fleetwright.api.v1alpha1.KubeletIdentity;
import dev.fleetwright.api.v1alpha1.LocalRef;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneSpec;
import dev.fleetwright.api.v1alpha1.ManagedControlPlaneStatus;
import dev.fleetwright.companion.anchor.Anchor;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One cluster's objects in a namespace of their own; plays the user, and the controllers where it says so. */
final class FleetObjects {
    static final String NAME = "payments";
    private static final String HELD_BY_CONTROLLERS = "fleetwright.dev/held-by-test";

    private final KubernetesClient client;
    /** Of the identity of this cluster's nodes. */
    final String kubelet = UUID.randomUUID().toString();

    private final String namespace = "fleet-" + UUID.randomUUID().toString().substring(0, 8);

    FleetObjects(KubernetesClient client) {
        this.client = client;
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    String namespace() {
        return namespace;
    }

    void createIdentity(String secret) {
        create(new SecretBuilder()
                // As the controllers label it.
                .withMetadata(new ObjectMetaBuilder(meta("azure-credentials"))
                        .addToLabels("fleetwright.dev/credential", "true")
                        .build())
                .withStringData(Map.of("clientSecret", secret))
                .build());
        var identity = new AzureClusterIdentity();
        identity.setMetadata(meta("fleet"));
        identity.setSpec(new AzureClusterIdentitySpec(
                "ServicePrincipal", Ground.TENANT, Ground.CLIENT, new SecretKeyRef("azure-credentials", null), null));
        create(identity);
    }

    void replaceSecret(String secret) {
        client.secrets()
                .inNamespace(namespace)
                .withName("azure-credentials")
                .edit(found -> new SecretBuilder(found)
                        .withStringData(Map.of("clientSecret", secret))
                        .build());
    }

    void createCluster() {
        var cluster = new Cluster();
        cluster.setMetadata(held(NAME));
        cluster.setSpec(new ClusterSpec(new LocalRef(NAME), null, null, false));
        create(cluster);
    }

    void createControlPlane() {
        create(controlPlane());
    }

    /** The control plane as in git: without a profile. */
    ManagedControlPlane controlPlane() {
        var plane = new ManagedControlPlane();
        plane.setMetadata(held(NAME));
        plane.setSpec(new ManagedControlPlaneSpec(
                new LocalRef(NAME),
                new IdentityRef("fleet", null),
                Ground.SUBSCRIPTION,
                "payments",
                null,
                null,
                "westeurope",
                "1.34.2",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of()));
        return plane;
    }

    void createConfig(@Nullable AutoscalerProfile profile, String... registries) {
        var config = new AzureClusterAdditionalConfig();
        config.setMetadata(meta(NAME));
        config.setSpec(spec(profile, registries));
        create(config);
    }

    void changeConfig(@Nullable AutoscalerProfile profile, String... registries) {
        client.resources(AzureClusterAdditionalConfig.class)
                .inNamespace(namespace)
                .withName(NAME)
                .edit(config -> {
                    config.setSpec(spec(profile, registries));
                    return config;
                });
    }

    static AutoscalerProfile profile(@Nullable String expander, @Nullable String scanInterval) {
        return new AutoscalerProfile(
                null,
                expander,
                null,
                null,
                null,
                null,
                null,
                null,
                scanInterval,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** As the controllers: what is in the spec is in Azure now, and this is the identity of the nodes. */
    void controllersCarriedItOut() {
        writeStatus(List.of(condition("Ready", "Healthy")));
    }

    /** As the controllers: the managed cluster is gone from Azure. */
    void controllersRemovedTheManagedCluster() {
        writeStatus(List.of(condition("Deleting", Anchor.WAITING_FOR_ROLE_ASSIGNMENTS)));
    }

    /** As the controllers: nothing holds these objects any more. */
    void controllersLetGo() {
        for (HasMetadata object : List.<HasMetadata>of(plane(), cluster())) {
            client.resource(object).edit(found -> {
                found.getMetadata().setFinalizers(List.of());
                return found;
            });
        }
    }

    ManagedControlPlane plane() {
        return client.resources(ManagedControlPlane.class)
                .inNamespace(namespace)
                .withName(NAME)
                .require();
    }

    Cluster cluster() {
        return client.resources(Cluster.class)
                .inNamespace(namespace)
                .withName(NAME)
                .require();
    }

    @Nullable
    AzureClusterAdditionalConfig config() {
        return client.resources(AzureClusterAdditionalConfig.class)
                .inNamespace(namespace)
                .withName(NAME)
                .get();
    }

    List<AzureRoleAssignment> roles() {
        return client.resources(AzureRoleAssignment.class)
                .inNamespace(namespace)
                .list()
                .getItems();
    }

    List<AzureClusterAutoscaler> autoscalers() {
        return client.resources(AzureClusterAutoscaler.class)
                .inNamespace(namespace)
                .list()
                .getItems();
    }

    private AzureClusterAdditionalConfigSpec spec(@Nullable AutoscalerProfile profile, String... registries) {
        return new AzureClusterAdditionalConfigSpec(
                new LocalRef(NAME),
                Arrays.stream(registries)
                        .map(name -> new ContainerRegistry(Ground.registry(name)))
                        .toList(),
                profile);
    }

    /** A merge without a lock: the operator may write the object's spec at any moment. */
    private void writeStatus(List<Condition> conditions) {
        var status = ManagedControlPlaneStatus.empty()
                .withObservedGeneration(plane().getMetadata().getGeneration())
                .withKubeletIdentity(new KubeletIdentity(null, null, kubelet))
                .withConditions(conditions);
        client.resources(ManagedControlPlane.class)
                .inNamespace(namespace)
                .withName(NAME)
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        client.getKubernetesSerialization().asJson(Map.of("status", status)));
    }

    private static Condition condition(String type, String reason) {
        return new ConditionBuilder()
                .withType(type)
                .withStatus("True")
                .withReason(reason)
                .withMessage("")
                .withLastTransitionTime("2026-01-01T00:00:00Z")
                .build();
    }

    private void create(HasMetadata object) {
        client.resource(object).create();
    }

    private ObjectMeta meta(String name) {
        return new ObjectMetaBuilder().withNamespace(namespace).withName(name).build();
    }

    private ObjectMeta held(String name) {
        return new ObjectMetaBuilder(meta(name))
                .withFinalizers(HELD_BY_CONTROLLERS)
                .build();
    }
}
