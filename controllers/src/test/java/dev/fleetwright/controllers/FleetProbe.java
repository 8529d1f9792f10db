package dev.fleetwright.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.api.v1alpha1.AzureClusterIdentity;
import dev.fleetwright.api.v1alpha1.Cluster;
import dev.fleetwright.api.v1alpha1.ConditionedStatus;
import dev.fleetwright.api.v1alpha1.MachinePool;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.core.reconcile.ObjectKey;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** What tests do to one cluster's objects and ask of them. */
final class FleetProbe {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Ground ground;
    private final String name;

    FleetProbe(Ground ground, String name) {
        this.ground = ground;
        this.name = name;
    }

    void create(List<? extends HasMetadata> objects) {
        objects.forEach(o -> ground.kubernetes.resource(o).create());
    }

    void delete(List<? extends HasMetadata> objects) {
        objects.forEach(o -> ground.kubernetes.resource(o).delete());
    }

    <T extends HasMetadata> Optional<T> find(Class<T> kind, String object) {
        return Optional.ofNullable(ground.kubernetes
                .resources(kind)
                .inNamespace(ground.namespace)
                .withName(object)
                .get());
    }

    <T extends HasMetadata> T get(Class<T> kind, String object) {
        return find(kind, object).orElseThrow();
    }

    <T extends HasMetadata> void edit(Class<T> kind, String object, String mergePatch) {
        ground.kubernetes
                .resources(kind)
                .inNamespace(ground.namespace)
                .withName(object)
                .patch(PatchContext.of(PatchType.JSON_MERGE), mergePatch);
    }

    void await(Callable<Boolean> until) {
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .until(until);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + "\n" + dump(), e);
        }
    }

    <T extends CustomResource<?, ? extends ConditionedStatus>> void awaitReady(Class<T> kind, String object) {
        await(() -> {
            T found = get(kind, object);
            return found.getStatus() != null
                    && found.getMetadata()
                            .getGeneration()
                            .equals(found.getStatus().observedGeneration())
                    && condition(found, "Ready")
                            .filter(c -> c.getStatus().equals("True"))
                            .isPresent()
                    && condition(found, "Reconciling").isEmpty();
        });
    }

    <T extends CustomResource<?, ? extends ConditionedStatus>> void awaitReason(
            Class<T> kind, String object, String type, String reason) {
        await(() -> condition(get(kind, object), type)
                .filter(c -> c.getReason().equals(reason))
                .isPresent());
    }

    <T extends CustomResource<?, ? extends ConditionedStatus>> String message(
            Class<T> kind, String object, String type) {
        return condition(get(kind, object), type).map(Condition::getMessage).orElse("");
    }

    static Optional<Condition> condition(CustomResource<?, ? extends ConditionedStatus> object, String type) {
        return Optional.<ConditionedStatus>ofNullable(object.getStatus()).stream()
                .flatMap(s -> s.conditions().stream())
                .filter(c -> c.getType().equals(type))
                .findFirst();
    }

    /** Requests that came to Azure with this method and this end of the path. */
    long sent(String method, String pathEnd) {
        return ground.simulator
                .requests()
                .entries(e -> e.method().equals(method) && e.path().endsWith(pathEnd))
                .size();
    }

    /** For so long nothing is written, neither to Azure nor to the objects. */
    void quiet(Duration time) {
        Map<String, String> before = versions();
        Instant since = Instant.now();
        try {
            assertThat(new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS))
                    .isFalse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(versions()).isEqualTo(before);
        assertThat(ground.simulator
                        .requests()
                        .entries(e -> !e.time().isBefore(since)
                                && !e.method().equals("GET")
                                && e.path().contains("/subscriptions/")
                                && e.path().contains("/" + name)))
                .isEmpty();
    }

    private Map<String, String> versions() {
        var versions = new TreeMap<String, String>();
        kinds().forEach(kind ->
                ground.kubernetes.resources(kind).inNamespace(ground.namespace).list().getItems().stream()
                        .filter(o -> o.getMetadata().getName().startsWith(name))
                        .forEach(o -> versions.put(
                                o.getKind() + " " + o.getMetadata().getName(),
                                o.getMetadata().getResourceVersion())));
        return versions;
    }

    /** Nothing in the management cluster, nothing in Azure. */
    void awaitNothingLeft(List<? extends HasMetadata> objects, String cluster) {
        await(() -> objects.stream().allMatch(o -> ground.kubernetes.resource(o).get() == null)
                && ground.kubernetes
                                .secrets()
                                .inNamespace(ground.namespace)
                                .withName(cluster + "-kubeconfig")
                                .get()
                        == null);
        assertThat(ground.simulator.state().path("clusters").toString()).doesNotContain("/" + cluster + "\"");
        assertThat(ground.azure
                        .resourceGroups()
                        .get(ArmId.resourceGroup(Ground.SUBSCRIPTION, "rg-" + ground.namespace + "-" + cluster)))
                .isEmpty();
    }

    private static List<Class<? extends CustomResource<?, ? extends ConditionedStatus>>> kinds() {
        return List.of(Cluster.class, ManagedControlPlane.class, MachinePool.class, AzureClusterIdentity.class);
    }

    /** Status of all objects of this cluster, for the message of a failed wait. */
    private String dump() {
        var text = new StringBuilder();
        kinds().forEach(kind ->
                ground.kubernetes.resources(kind).inNamespace(ground.namespace).list().getItems().stream()
                        .filter(o -> o.getMetadata().getName().startsWith(name))
                        .forEach(o -> text.append(ObjectKey.of(o))
                                .append(' ')
                                .append(o.getKind())
                                .append(o.getMetadata().getFinalizers())
                                .append(o.getStatus())
                                .append('\n')));
        return text.append(ground.simulator.state()).toString();
    }
}
