package dev.fleetwright.companion.autoscaler;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.fleetwright.api.v1alpha1.AutoscalerProfile;
import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code spec.autoscalerProfile} of ManagedControlPlanes, written by server-side apply under a field manager of our own.
 *
 * <p>What is sent is built by hand and not from the typed spec: a record whose constructor makes empty lists of absent ones
 * would claim those lists.
 *
 * @param fieldManager who owns the fields
 */
record AppliedProfile(KubernetesClient client, String fieldManager) {
    private static final String FIELD = "autoscalerProfile";
    private static final ResourceDefinitionContext CONTROL_PLANES =
            ResourceDefinitionContext.fromResourceType(ManagedControlPlane.class);

    /** The keys of a profile that are set, in a stable order. */
    Map<String, Object> leaves(@Nullable AutoscalerProfile profile) {
        KubernetesSerialization json = client.getKubernetesSerialization();
        return profile == null
                ? Map.of()
                : new TreeMap<>(json.unmarshal(json.asJson(profile), new TypeReference<Map<String, Object>>() {}));
    }

    /** The keys of the profile that are ours in the object's managed fields. */
    Set<String> owned(ManagedControlPlane plane) {
        return plane.getMetadata().getManagedFields().stream()
                .filter(entry -> fieldManager.equals(entry.getManager()) && "Apply".equals(entry.getOperation()))
                .map(AppliedProfile::profileFields)
                .flatMap(fields -> fields.keySet().stream())
                .map(String::valueOf)
                .filter(key -> key.startsWith("f:"))
                .map(key -> key.substring("f:".length()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Owns exactly these leaves from now on, and gives them these values; leaves that were ours and are not among them are
     * removed. The uid makes sure that an object of the same name that was made meanwhile is not touched, and that one that
     * is gone is not made again.
     */
    void apply(ManagedControlPlane plane, Map<String, Object> leaves) {
        var metadata = plane.getMetadata();
        GenericKubernetesResource patch = new GenericKubernetesResourceBuilder()
                .withApiVersion(plane.getApiVersion())
                .withKind(plane.getKind())
                .withNewMetadata()
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .endMetadata()
                .addToAdditionalProperties("spec", leaves.isEmpty() ? Map.of() : Map.of(FIELD, leaves))
                .build();
        client.genericKubernetesResources(CONTROL_PLANES)
                .inNamespace(metadata.getNamespace())
                .resource(patch)
                .fieldManager(fieldManager)
                .forceConflicts()
                .serverSideApply();
    }

    private static Map<?, ?> profileFields(ManagedFieldsEntry entry) {
        var fields = entry.getFieldsV1();
        Map<?, ?> all = fields == null ? Map.of() : fields.getAdditionalProperties();
        return below(below(all, "f:spec"), "f:" + FIELD);
    }

    private static Map<?, ?> below(Map<?, ?> fields, String key) {
        return fields.get(key) instanceof Map<?, ?> found ? found : Map.of();
    }
}
