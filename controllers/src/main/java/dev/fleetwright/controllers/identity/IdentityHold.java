package dev.fleetwright.controllers.identity;

import dev.fleetwright.api.v1alpha1.AzureClusterIdentity;
import dev.fleetwright.azure.credential.IdentityCredential;
import dev.fleetwright.controllers.fleet.Fleet;
import dev.fleetwright.core.reconcile.Controller;
import dev.fleetwright.core.reconcile.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/** What keeps an identity and its Secret from going while they are needed: finalizers. */
public final class IdentityHold {
    /** On the Secret. The identity itself carries the finalizer of its kind. */
    static final String SECRET_FINALIZER = "fleetwright.dev/in-use";

    private IdentityHold() {}

    /** Whether the identity and, if it has one, its Secret are held. */
    public static boolean reserved(Fleet fleet, ObjectKey key) {
        return fleet.identities()
                .get(key)
                .filter(identity -> has(identity, Controller.finalizerOf(AzureClusterIdentity.class)))
                .filter(identity -> secretOf(identity)
                        .map(secret -> fleet.credentials()
                                .get(secret)
                                .filter(IdentityHold::holds)
                                .isPresent())
                        .orElse(true))
                .isPresent();
    }

    /** The Secret an identity names, if its type takes one. */
    public static Optional<ObjectKey> secretOf(AzureClusterIdentity identity) {
        return IdentityCredential.secretName(identity.getSpec())
                .map(name -> new ObjectKey(identity.getMetadata().getNamespace(), name));
    }

    static boolean holds(HasMetadata secret) {
        return has(secret, SECRET_FINALIZER);
    }

    private static boolean has(HasMetadata object, String finalizer) {
        List<String> finalizers = object.getMetadata().getFinalizers();
        return finalizers != null && finalizers.contains(finalizer);
    }
}
