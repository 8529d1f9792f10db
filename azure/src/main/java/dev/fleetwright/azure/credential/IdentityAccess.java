package dev.fleetwright.azure.credential;

import dev.fleetwright.api.v1alpha1.AzureClusterIdentity;
import dev.fleetwright.api.v1alpha1.AzureClusterIdentitySpec.AllowedNamespaces;
import dev.fleetwright.api.v1alpha1.IdentityRef;
import dev.fleetwright.azure.Azure;
import dev.fleetwright.azure.AzureAccess;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import dev.fleetwright.core.reconcile.ObjectKey;
import java.util.Map;
import java.util.Optional;

/** From an identity reference to Azure as that identity sees it. */
public final class IdentityAccess {
    private final AzureAccess access;
    private final IdentityCredential credentials;
    private final IdentityObjects objects;

    public IdentityAccess(AzureAccess access, IdentityCredential credentials, IdentityObjects objects) {
        this.access = access;
        this.credentials = credentials;
        this.objects = objects;
    }

    /**
     * The connection with which to act for an object. No call to Azure is made here.
     *
     * @param namespace of the object on whose behalf this happens
     * @throws FleetException when the identity or its Secret is missing or incomplete, or not meant for that namespace; the
     *     message names what to mend
     */
    public Azure connect(IdentityRef ref, String namespace, String subscription) {
        ObjectKey key = keyOf(namespace, ref);
        AzureClusterIdentity identity = objects.identity(key)
                .orElseThrow(() -> FleetException.of(
                                ErrorCode.DEPENDENCY_NOT_READY,
                                "AzureClusterIdentity %s does not exist: create it, or change spec.identityRef"
                                        .formatted(key))
                        .withReason("WaitingForIdentity"));
        if (!allowed(namespace, identity)) {
            throw FleetException.of(
                            ErrorCode.CONFIGURATION_PROBLEM,
                            "AzureClusterIdentity %s does not allow namespace %s: add it to its spec.allowedNamespaces"
                                    .formatted(key, namespace))
                    .withReason("IdentityNotAllowed");
        }
        Map<String, byte[]> secret = IdentityCredential.secretName(identity.getSpec())
                .flatMap(name -> objects.secret(new ObjectKey(key.namespace(), name)))
                .orElse(null);
        return access.connect(credentials.read(key.toString(), identity.getSpec(), secret), subscription);
    }

    /** The identity that is meant by a reference in an object of that namespace. */
    public static ObjectKey keyOf(String namespace, IdentityRef ref) {
        String other = ref.namespace();
        return new ObjectKey(other == null || other.isEmpty() ? namespace : other, ref.name());
    }

    private boolean allowed(String namespace, AzureClusterIdentity identity) {
        if (namespace.equals(identity.getMetadata().getNamespace())) {
            return true;
        }
        return Optional.ofNullable(identity.getSpec().allowedNamespaces())
                .filter(allowed -> allowed.list().contains(namespace) || selected(namespace, allowed))
                .isPresent();
    }

    private boolean selected(String namespace, AllowedNamespaces allowed) {
        return !allowed.selector().isEmpty()
                && objects.namespaceLabels(namespace)
                        .entrySet()
                        .containsAll(allowed.selector().entrySet());
    }
}
