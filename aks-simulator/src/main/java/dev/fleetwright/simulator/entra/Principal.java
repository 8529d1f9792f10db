package dev.fleetwright.simulator.entra;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;

/**
 * An application that may sign in.
 *
 * @param clientSecret the only credential of this cut; compared as text
 * @param subscriptions lower-case ids that it may use; empty means all of its tenant
 */
public record Principal(
        String tenantId, String clientId, String clientSecret, String objectId, Set<String> subscriptions) {
    public Principal {
        subscriptions = Set.copyOf(subscriptions);
    }

    /** One with access to every subscription of its tenant; its object id follows from the client id. */
    public static Principal of(String tenantId, String clientId, String clientSecret) {
        String objectId = UUID.nameUUIDFromBytes(("object of " + clientId).getBytes(StandardCharsets.UTF_8))
                .toString();
        return new Principal(tenantId, clientId, clientSecret, objectId, Set.of());
    }

    public Principal onlyIn(Set<String> subscriptionIds) {
        return new Principal(tenantId, clientId, clientSecret, objectId, subscriptionIds);
    }

    public boolean mayUse(String subscriptionId) {
        return subscriptions.isEmpty() || subscriptions.contains(subscriptionId);
    }

    @Override
    public String toString() {
        return "Principal[" + clientId + "]";
    }
}
