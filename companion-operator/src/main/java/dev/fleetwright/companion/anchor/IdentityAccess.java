package dev.fleetwright.companion.anchor;

import dev.fleetwright.api.v1alpha1.AzureClusterIdentity;
import dev.fleetwright.api.v1alpha1.IdentityRef;
import dev.fleetwright.azure.Azure;
import dev.fleetwright.azure.AzureAccess;
import dev.fleetwright.azure.credential.IdentityCredential;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import dev.fleetwright.core.reconcile.ObjectKey;
import dev.fleetwright.core.reconcile.Watch;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The way from an object's anchor to Azure: AzureClusterIdentity, its Secret, a connection.
 *
 * <p>The Secret is read when it is needed, so that one that nobody has labelled yet is found as well.
 */
public final class IdentityAccess {
    private final KubernetesClient client;
    private final Watch<AzureClusterIdentity> identities;
    private final IdentityCredential credentials;
    private final AzureAccess azure;

    public IdentityAccess(
            KubernetesClient client,
            Watch<AzureClusterIdentity> identities,
            IdentityCredential credentials,
            AzureAccess azure) {
        this.client = client;
        this.identities = identities;
        this.credentials = credentials;
        this.azure = azure;
    }

    /**
     * Azure as the anchor's identity sees it.
     *
     * @param namespace of the object on whose behalf this happens
     * @throws FleetException {@code ERR_INFRA_DEPENDENCIES} when there is no identity, {@code ERR_CONFIGURATION_PROBLEM}
     *     when it may not be used here, {@code ERR_INFRA_UNAUTHENTICATED} when its Secret is missing
     */
    public Azure connect(Anchor anchor, String namespace, String subscription) {
        IdentityRef ref = anchor.identity()
                .orElseThrow(() -> FleetException.of(
                                ErrorCode.DEPENDENCY_MISSING,
                                anchor.missing() + ", so there is no identity to act with")
                        .withReason("IdentityUnknown"));
        var key = key(ref, namespace);
        var identity = identities
                .get(key)
                .orElseThrow(() -> FleetException.of(
                                ErrorCode.DEPENDENCY_MISSING, "AzureClusterIdentity " + key + " does not exist")
                        .withReason("IdentityNotFound"));
        requireAllowed(identity, namespace);
        var credential = credentials.read(
                key.name(),
                identity.getSpec(),
                IdentityCredential.secretName(identity.getSpec())
                        .flatMap(secret -> read(key.namespace(), secret))
                        .orElse(null));
        return azure.connect(credential, subscription);
    }

    /** Where the identity is that a reference from this namespace means. */
    public static ObjectKey key(IdentityRef ref, String namespace) {
        var other = ref.namespace();
        return new ObjectKey(other == null || other.isEmpty() ? namespace : other, ref.name());
    }

    private void requireAllowed(AzureClusterIdentity identity, String namespace) {
        if (namespace.equals(identity.getMetadata().getNamespace())) {
            return;
        }
        var allowed = identity.getSpec().allowedNamespaces();
        boolean fits = allowed != null
                && (allowed.list().contains(namespace)
                        || (!allowed.selector().isEmpty()
                                && labels(namespace)
                                        .entrySet()
                                        .containsAll(allowed.selector().entrySet())));
        if (!fits) {
            throw FleetException.of(
                            ErrorCode.CONFIGURATION_PROBLEM,
                            "AzureClusterIdentity " + ObjectKey.of(identity) + " does not allow the namespace "
                                    + namespace + " (spec.allowedNamespaces)")
                    .withReason("IdentityNotAllowed");
        }
    }

    private Map<String, String> labels(String namespace) {
        @Nullable Namespace found = client.namespaces().withName(namespace).get();
        return found == null ? Map.of() : found.getMetadata().getLabels();
    }

    private Optional<Map<String, byte[]>> read(String namespace, String name) {
        @Nullable
        Secret secret = client.secrets().inNamespace(namespace).withName(name).get();
        if (secret == null) {
            return Optional.empty();
        }
        @Nullable Map<String, String> data = secret.getData();
        return Optional.of(
                data == null
                        ? Map.of()
                        : data.entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey,
                                        entry -> Base64.getDecoder().decode(entry.getValue()))));
    }
}
