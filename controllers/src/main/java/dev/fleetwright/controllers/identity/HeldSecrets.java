package dev.fleetwright.controllers.identity;

import dev.fleetwright.controllers.fleet.Fleet;
import dev.fleetwright.core.reconcile.ObjectKey;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts our finalizer and label on Secrets, and takes them off. Never touches their data. */
final class HeldSecrets {
    private final KubernetesClient client;

    HeldSecrets(KubernetesClient client) {
        this.client = client;
    }

    Optional<Secret> read(ObjectKey key) {
        return Optional.ofNullable(client.secrets()
                .inNamespace(key.namespace())
                .withName(key.name())
                .get());
    }

    static boolean labelled(Secret secret) {
        Map<String, String> labels = secret.getMetadata().getLabels();
        return labels != null && labels.containsKey(Fleet.CREDENTIAL_LABEL);
    }

    /** Refused with a conflict when the Secret changed since it was read. */
    void hold(Secret secret) {
        boolean going = secret.getMetadata().getDeletionTimestamp() != null;
        List<String> finalizers = new ArrayList<>(finalizersOf(secret));
        if (!going && !finalizers.contains(IdentityHold.SECRET_FINALIZER)) {
            finalizers.add(IdentityHold.SECRET_FINALIZER);
        }
        patch(secret, finalizers, "true");
    }

    /** Refused with a conflict when the Secret changed since it was read. */
    void release(Secret secret) {
        List<String> finalizers = new ArrayList<>(finalizersOf(secret));
        finalizers.remove(IdentityHold.SECRET_FINALIZER);
        patch(secret, finalizers, null);
    }

    private void patch(Secret secret, List<String> finalizers, @Nullable String label) {
        Map<String, @Nullable String> labels = new HashMap<>();
        labels.put(Fleet.CREDENTIAL_LABEL, label);
        var metadata = Map.of(
                "resourceVersion",
                secret.getMetadata().getResourceVersion(),
                "finalizers",
                finalizers,
                "labels",
                labels);
        client.secrets()
                .inNamespace(secret.getMetadata().getNamespace())
                .withName(secret.getMetadata().getName())
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        client.getKubernetesSerialization().asJson(Map.of("metadata", metadata)));
    }

    private static List<String> finalizersOf(Secret secret) {
        List<String> finalizers = secret.getMetadata().getFinalizers();
        return finalizers == null ? List.of() : finalizers;
    }
}
