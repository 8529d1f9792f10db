package dev.fleetwright.controllers.controlplane;

import dev.fleetwright.api.v1alpha1.ManagedControlPlane;
import dev.fleetwright.controllers.fleet.Fleet;
import dev.fleetwright.core.reconcile.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** The kubeconfig Secret of a cluster, in the form that Cluster API's tools read. */
final class KubeconfigSecrets {
    private static final String TYPE = "cluster.x-k8s.io/secret";
    private static final String KEY = "value";

    /** When the credential is fetched anew: a time. */
    private static final String RENEW_AFTER = "fleetwright.dev/renew-after";

    private final Fleet fleet;

    KubeconfigSecrets(Fleet fleet) {
        this.fleet = fleet;
    }

    /** How the Secret stands. An absence is confirmed by the API server. */
    KubeconfigSight sight(ManagedControlPlane owner, Instant now) {
        Optional<Secret> cached = fleet.kubeconfigs().get(keyOf(owner));
        Optional<Secret> found = cached.isPresent() ? cached : read(owner);
        if (found.isEmpty()) {
            return KubeconfigSight.MISSING;
        }
        Secret secret = found.get();
        if (!ours(secret, owner)) {
            return KubeconfigSight.FOREIGN;
        }
        boolean filled = secret.getData() != null
                && !secret.getData().getOrDefault(KEY, "").isEmpty();
        return filled && now.isBefore(renewAfter(secret)) ? KubeconfigSight.CURRENT : KubeconfigSight.DUE;
    }

    /** Makes the Secret, or replaces its content in place. */
    void store(ManagedControlPlane owner, byte[] kubeconfig, Instant renewAfter) {
        ObjectKey key = keyOf(owner);
        var data = Map.of(KEY, Base64.getEncoder().encodeToString(kubeconfig));
        var annotations = Map.of(RENEW_AFTER, renewAfter.toString());
        var secrets = fleet.client().secrets().inNamespace(key.namespace());
        if (read(owner).isPresent()) {
            var patch = Map.of("metadata", Map.of("annotations", annotations), "data", data);
            secrets.withName(key.name())
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            fleet.client().getKubernetesSerialization().asJson(patch));
            return;
        }
        secrets.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(key.name())
                        .withNamespace(key.namespace())
                        .addToLabels(
                                Fleet.KUBECONFIG_LABEL,
                                owner.getSpec().clusterRef().name())
                        .withAnnotations(annotations)
                        .addToOwnerReferences(new OwnerReferenceBuilder()
                                .withApiVersion(owner.getApiVersion())
                                .withKind(owner.getKind())
                                .withName(owner.getMetadata().getName())
                                .withUid(owner.getMetadata().getUid())
                                .withController(true)
                                .build())
                        .endMetadata()
                        .withType(TYPE)
                        .withData(data)
                        .build())
                .create();
    }

    private Optional<Secret> read(ManagedControlPlane owner) {
        ObjectKey key = keyOf(owner);
        return Optional.ofNullable(fleet.client()
                .secrets()
                .inNamespace(key.namespace())
                .withName(key.name())
                .get());
    }

    private static ObjectKey keyOf(ManagedControlPlane owner) {
        return new ObjectKey(
                owner.getMetadata().getNamespace(), owner.getSpec().clusterRef().name() + "-kubeconfig");
    }

    private static boolean ours(HasMetadata secret, ManagedControlPlane owner) {
        var owners = secret.getMetadata().getOwnerReferences();
        return owners != null
                && owners.stream().anyMatch(o -> owner.getMetadata().getUid().equals(o.getUid()));
    }

    private static Instant renewAfter(Secret secret) {
        Map<String, String> annotations = secret.getMetadata().getAnnotations();
        String time = annotations == null ? null : annotations.get(RENEW_AFTER);
        try {
            return time == null ? Instant.MIN : Instant.parse(time);
        } catch (DateTimeParseException e) {
            return Instant.MIN;
        }
    }
}
