package dev.fleetwright.core.reconcile;

import dev.fleetwright.core.condition.Conditions;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Instant;

/**
 * One pass over one object: what every stage is given, and the only clock the pure stages know.
 *
 * @param resource the object as read, at least as new as our last own write; never to be changed
 * @param status its status; the kind's empty status when it has none
 * @param conditions those of the status, ready to be changed as of this pass; a Stalled that an earlier generation
 *     earned is gone
 * @param now when the pass began
 */
public record Pass<R extends CustomResource<?, T>, T>(R resource, T status, Conditions conditions, Instant now) {

    public ObjectKey key() {
        return ObjectKey.of(resource);
    }

    public String uid() {
        return resource.getMetadata().getUid();
    }

    public long generation() {
        return conditions.generation();
    }

    public boolean deleting() {
        return resource.getMetadata().getDeletionTimestamp() != null;
    }
}
