package dev.fleetwright.companion.config;

import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * Writes child objects.
 *
 * @param fieldManager under which they are applied
 */
record Children(KubernetesClient client, String fieldManager) {

    /**
     * Makes the child, or brings it back to what is wanted. A server-side apply: repeated on a stale cache it changes
     * nothing, and a field that is no longer wanted is removed.
     */
    void apply(Child child) {
        client.resource(child.object())
                .fieldManager(fieldManager)
                .forceConflicts()
                .serverSideApply();
    }

    /** Nothing happens when it is gone already. */
    void delete(Child child) {
        client.resource(child.object()).delete();
    }
}
