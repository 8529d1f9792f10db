package dev.fleetwright.azure.credential;

import dev.fleetwright.api.v1alpha1.AzureClusterIdentity;
import dev.fleetwright.core.reconcile.ObjectKey;
import java.util.Map;
import java.util.Optional;

/** The objects that credentials are made of. */
public interface IdentityObjects {
    /** The identity, also one that is being deleted: it serves until the last control plane has gone. */
    Optional<AzureClusterIdentity> identity(ObjectKey key);

    /** The decoded data of a Secret. */
    Optional<Map<String, byte[]>> secret(ObjectKey key);

    /** Labels of a namespace; empty when there is no such namespace. */
    Map<String, String> namespaceLabels(String namespace);
}
